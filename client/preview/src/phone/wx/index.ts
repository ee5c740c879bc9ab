import { interfaceApi } from './interface.js';
import { lifecycleApi } from './lifecycle.js';
import { loginApi } from './login.js';
import { navigationApi } from './navigation.js';
import { networkApi } from './network.js';
import { privacyApi } from './privacy.js';
import { storageApi } from './storage.js';
import { systemApi } from './system.js';

/** The `wx` of the preview: the part of WeChat's that a login needs, of the types WeChat publishes. */
export const wx = {
  ...interfaceApi,
  ...lifecycleApi,
  ...loginApi,
  ...navigationApi,
  ...networkApi,
  ...privacyApi,
  ...storageApi,
  ...systemApi,
} satisfies Partial<WechatMiniprogram.Wx>;
