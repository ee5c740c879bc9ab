/** A public door that takes a body, with one body of the right shape. */
export interface Door {
  name: string;
  path: string;
  body: Record<string, unknown>;
}

const BODIES = {
  wechat: { code: '0712cDoV0cfty22AeloV0daMoV02cDog', appId: 'wx0000000000000001' },
  register: { username: 'Alice01', password: 'Blue-Kettle7', email: 'alice@example.com' },
  login: { username: 'Alice01', password: 'Blue-Kettle7' },
  refresh: { refreshToken: `wxr1_${'A'.repeat(70)}` },
};
const DEVICE = { id: 'device-1', name: 'Xiaomi 14', platform: 'android', model: '23127PN0CC' };

const oneDoor = (action: string, body: object): Door => ({
  name: `POST /api/auth (${action})`,
  path: '/api/auth',
  body: { action, ...body },
});
const ownDoor = (name: string, body: object): Door => ({
  name: `POST /api/v1/auth/${name}`,
  path: `/api/v1/auth/${name}`,
  body: { ...body },
});

const { wechat, register, login, refresh } = BODIES;

/** Every public door that takes a body; the one door once for each of its actions. */
export const DOORS: Door[] = [
  ownDoor('wechat', { ...wechat, device: DEVICE }),
  ownDoor('register', { ...register, device: DEVICE }),
  ownDoor('login', { ...login, device: DEVICE }),
  ownDoor('refresh', refresh),
  oneDoor('wechat', { ...wechat, device: DEVICE }),
  oneDoor('register', { ...register, device: DEVICE }),
  oneDoor('login', { ...login, device: DEVICE }),
  oneDoor('autoLogin', refresh),
];
