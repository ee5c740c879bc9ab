import type { Core } from '../core.js';
import type { WxDeviceInfo } from './wx-like.js';

/** What a login says about the phone, for the list of devices: "Xiaomi 14 · Android 14" is in no user agent. */
export function describeDevice({ host, kept: { deviceId: id } }: Core): object {
  let info: WxDeviceInfo = {};
  try {
    info = (host.getDeviceInfo || host.getSystemInfoSync)!.call(host);
  } catch {
    // A login without the name of a phone is better than none.
  }
  const { brand = '', model = '', system = '', platform: os = '' } = info;
  const phone = model.includes(brand) ? model : `${brand} ${model}`;
  const name = phone + (system && ` · ${system}`);
  return { id, name: name.slice(0, 100), platform: os, model };
}

/** A random name for this phone; it is no secret. */
export function newDeviceId(): string {
  return `${Math.random()}${Math.random()}`.replace(/0\./g, '');
}
