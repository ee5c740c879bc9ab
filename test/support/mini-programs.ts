import { startTestApp, type TestApp } from './test-app.js';

/** For crowds of logins: server and WeChat share one processor here, and nobody is to give up because of that. */
export const PATIENT = { WECHAT_LOGIN_TIMEOUT_MS: '20000' };

const SECRET = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';

/** Two mini-programs of one Open Platform account, one of another, and one that names none. */
export const APPS = {
  shop: { id: 'wx00000000000000a1', secret: SECRET, openPlatform: 'ours' },
  game: { id: 'wx00000000000000a2', secret: SECRET, openPlatform: 'ours' },
  partner: { id: 'wx00000000000000b1', secret: SECRET, openPlatform: 'theirs' },
  alone: { id: 'wx00000000000000c1', secret: SECRET },
};

/** A server for all of APPS. WeChat tells a unionid only where the test says so. */
export function startWithMiniPrograms(variables: Record<string, string> = {}): Promise<TestApp> {
  const apps = Object.values(APPS);
  const known = apps.map(({ id, secret }) => ({ id, secret }));
  return startTestApp({ WECHAT_APPS: JSON.stringify(apps), ...PATIENT, ...variables }, known);
}

let counter = 0;

/** A unionid nobody has had yet: 28 characters, as WeChat's. */
export function newUnionid(): string {
  return `oUnion_${String(++counter).padStart(21, '0')}`;
}
