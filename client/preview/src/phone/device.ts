/** Who holds which phone. WeChat's simulator makes people on first mention. */
export interface Device {
  /** As the simulator knows the person. */
  readonly user: string;
  readonly nickname: string;
  readonly brand: string;
  readonly model: string;
  readonly system: string;
  readonly platform: 'ios' | 'android' | 'ohos';
}

const XIAOMING = { user: 'xiaoming', nickname: '小明' };

/** The people and phones one can choose from; the first and the second belong to the same person. */
export const DEVICES: Readonly<Record<string, Device>> = {
  'xiaoming-1': { ...XIAOMING, brand: 'Xiaomi', model: 'Xiaomi 15', system: 'Android 15', platform: 'android' },
  'xiaoming-2': { ...XIAOMING, brand: 'Apple', model: 'iPhone 17', system: 'iOS 19.1', platform: 'ios' },
  'xiaohong-1': {
    user: 'xiaohong',
    nickname: '小红',
    brand: 'HUAWEI',
    model: 'HUAWEI Mate 70',
    system: 'HarmonyOS 5.0',
    platform: 'ohos',
  },
};

const query = new URLSearchParams(location.search);

/** The name this phone has towards the preview server. */
export const phoneName = query.get('phone') ?? 'phone';

const deviceName = query.get('device') ?? 'xiaoming-1';
const known = DEVICES[deviceName] ?? DEVICES['xiaoming-1']!;

/** This phone; `user` in the address puts it into somebody else's hands, which keeps tests apart. */
export const device: Device = { ...known, user: query.get('user') ?? known.user };

/** One drawer of localStorage for each device, as each phone has its own storage. */
export const drawer = `phone:${deviceName}:${device.user}:`;
