import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import type { WechatSigningSetting } from '../../platform/config/wechat-app.schema.js';

/** The keys of one app's API signing, read once. */
export interface SigningKeys {
  symmetric: KeyObject;
  /** Signs our requests. */
  private: KeyObject;
  /** WeChat's, by the serial number of the certificate; two while WeChat rotates it. */
  platform: Map<string, KeyObject>;
}

/** Parses the keys of the configuration, which has checked them. */
export function readSigningKeys(setting: WechatSigningSetting): SigningKeys {
  return {
    symmetric: createSecretKey(setting.symmetricKey, 'base64'),
    private: createPrivateKey(setting.privateKey),
    platform: new Map(
      setting.platformCertificates.map(({ serial, certificate }) => [serial, createPublicKey(certificate)]),
    ),
  };
}
