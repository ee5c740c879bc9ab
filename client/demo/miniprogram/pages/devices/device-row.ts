import type { Device } from '@wx-login/sdk';

/** 设备列表的一行。One row of the list. */
export interface DeviceRow {
  id: string;
  name: string;
  current: boolean;
  method: string;
  when: string;
}

const METHODS: Readonly<Record<string, string>> = {
  wechat: '微信登录',
  phone: '手机号登录',
  password: '密码登录',
  register: '注册时登录',
};
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** 本机排在最前，其余按服务端的顺序。This device first, the others as the server orders them. */
export function deviceRows(devices: Device[], now: number): DeviceRow[] {
  const rows = devices.map((device) => deviceRow(device, now));
  return [...rows.filter(({ current }) => current), ...rows.filter(({ current }) => !current)];
}

function deviceRow(device: Device, now: number): DeviceRow {
  return {
    id: device.id,
    name: device.deviceName ?? '未知设备',
    current: device.current,
    method: METHODS[device.loginMethod] ?? '登录',
    when: relative(now - Date.parse(device.lastSeenAt)),
  };
}

function relative(age: number): string {
  if (age < MINUTE) return '刚刚活跃';
  if (age < HOUR) return `${Math.floor(age / MINUTE)} 分钟前活跃`;
  return age < DAY ? `${Math.floor(age / HOUR)} 小时前活跃` : `${Math.floor(age / DAY)} 天前活跃`;
}
