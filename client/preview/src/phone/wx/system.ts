import { device } from '../device.js';
import { answer } from './answer.js';

/** Of the base library whose behaviour the stand-in follows. */
const SDK_VERSION = '3.8.0';

const APP_BASE = {
  PCKernelVersion: '',
  SDKVersion: SDK_VERSION,
  enableDebug: false,
  host: { appId: '' },
  language: 'zh_CN',
  version: '8.0.60',
  theme: 'light' as const,
  fontSizeScaleFactor: 1,
  fontSizeSetting: 16,
};

const WINDOW = {
  pixelRatio: 2,
  screenWidth: 375,
  screenHeight: 748,
  windowWidth: 375,
  windowHeight: 656,
  statusBarHeight: 44,
  screenTop: 92,
};

/** What the phone says about itself. */
export const systemApi = {
  getDeviceInfo: () => ({
    abi: '',
    benchmarkLevel: 40,
    brand: device.brand,
    cpuType: '',
    deviceAbi: '',
    deviceOrientation: 'portrait' as const,
    memorySize: '8192',
    model: device.model,
    platform: device.platform,
    system: device.system,
  }),
  getAppBaseInfo: () => APP_BASE,
  getWindowInfo: () => ({
    ...WINDOW,
    safeArea: { left: 0, top: 44, right: 375, bottom: 748, width: 375, height: 704 },
  }),
  canIUse: () => true,
  nextTick: (callback: () => void) => queueMicrotask(callback),
  setClipboardData: (option: WechatMiniprogram.SetClipboardDataOption) =>
    answer('setClipboardData', option, navigator.clipboard?.writeText(option.data).then(() => ({})) ?? {}),
  getUpdateManager: () => ({
    applyUpdate: () => {},
    onCheckForUpdate: () => {},
    onUpdateFailed: () => {},
    onUpdateReady: () => {},
  }),
};
