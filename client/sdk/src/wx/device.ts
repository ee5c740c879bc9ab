import type { WxDeviceInfo, WxLike } from './wx-like.js';

/** What a login says about the phone, so that the list of devices can name it. */
export interface DeviceDescription {
  id: string;
  name?: string;
  platform?: string;
  model?: string;
}

/** "Xiaomi 14 · Android 14" is more than any server could read from a user agent. */
export function describeDevice(wx: WxLike, id: string): DeviceDescription {
  const { brand = '', model = '', system = '', platform = '' } = deviceInfo(wx);
  const phone = model.toLowerCase().startsWith(brand.toLowerCase()) ? model : `${brand} ${model}`;
  return {
    id,
    name: cut([phone.trim(), system].filter(Boolean).join(' · '), 100),
    platform: cut(platform, 32),
    model: cut(model, 100),
  };
}

/** A random name for this phone; it is no secret. */
export function newDeviceId(): string {
  let id = '';
  while (id.length < 32) id += Math.random().toString(36).slice(2);
  return id.slice(0, 32);
}

function deviceInfo(wx: WxLike): WxDeviceInfo {
  try {
    return (wx.getDeviceInfo ?? wx.getSystemInfoSync)?.call(wx) ?? {};
  } catch {
    return {};
  }
}

function cut(text: string, length: number): string | undefined {
  return text.slice(0, length) || undefined;
}
