const KEY = 'wxlogin.device';

const BROWSERS: [RegExp, string][] = [
  [/MicroMessenger\//, 'WeChat'],
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

const SYSTEMS: [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];

const named = (list: [RegExp, string][], userAgent: string): string | undefined =>
  list.find(([pattern]) => pattern.test(userAgent))?.[1];

/** "Chrome · Windows", for the list of signed-in devices. */
export function nameOfBrowser(userAgent: string): string {
  return [named(BROWSERS, userAgent) ?? 'Browser', named(SYSTEMS, userAgent)].filter(Boolean).join(' · ');
}

/** This browser, as each login tells it; its id stays, so that an attack on the account does not lock it out. */
export function thisDevice(storage: Storage = localStorage): { id: string; name: string; platform: string } {
  const id = storage.getItem(KEY) ?? crypto.randomUUID();
  storage.setItem(KEY, id);
  return { id, name: nameOfBrowser(navigator.userAgent), platform: 'web' };
}
