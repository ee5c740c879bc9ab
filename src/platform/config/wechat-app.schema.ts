import { createPrivateKey, createPublicKey } from 'node:crypto';
import { z } from 'zod';

const SYMMETRIC_KEY_BYTES = 32; // AES-256

const isBase64Of = (bytes: number) => (text: string) => {
  const decoded = Buffer.from(text, 'base64');
  return decoded.length === bytes && decoded.toString('base64') === text;
};

const pem = (read: (pem: string) => unknown, message: string) =>
  z.string().refine((text) => {
    try {
      return Boolean(read(text));
    } catch {
      return false;
    }
  }, message);

/** Message push, as it is set in the console: the mode is ours to choose, never the sender's. */
const push = z
  .strictObject({
    token: z.string().regex(/^[A-Za-z0-9]{3,32}$/, '3 to 32 letters and digits'),
    encodingAesKey: z
      .string()
      .regex(/^[A-Za-z0-9+/]{43}$/, '43 characters of base64')
      .optional(),
    mode: z.enum(['plain', 'encrypted']),
    format: z.enum(['json', 'xml']),
  })
  .refine(({ mode, encodingAesKey }) => mode === 'plain' || encodingAesKey, {
    path: ['encodingAesKey'],
    message: 'needed when mode is encrypted',
  });

/** A key with which WeChat signs; two while it rotates them. */
const platformCertificate = z.strictObject({
  serial: z.string().min(1).max(128),
  certificate: pem(createPublicKey, 'must be a certificate or public key in PEM'),
});

/** API signing and encryption (服务端API签名), switched on by being there. */
const signing = z.strictObject({
  symmetricKeySn: z.string().min(1).max(128),
  symmetricKey: z.string().refine(isBase64Of(SYMMETRIC_KEY_BYTES), `must be base64 of ${SYMMETRIC_KEY_BYTES} bytes`),
  privateKey: pem((text) => createPrivateKey(text).asymmetricKeyType === 'rsa', 'must be an RSA private key in PEM'),
  certificateSn: z.string().min(1).max(128).optional(),
  platformCertificates: z.array(platformCertificate).min(1),
});

/** One mini-program, with the settings of its page in the WeChat console. */
export const wechatApp = z.strictObject({
  id: z.string().regex(/^wx[0-9a-f]{16}$/),
  secret: z.string().min(16),
  name: z.string().max(64).optional(),
  /** Apps of one Open Platform account share unionids. */
  openPlatform: z
    .string()
    .regex(/^[\w.-]{1,64}$/)
    .optional(),
  /** Ask for getuserriskrank when somebody registers; the right to it has to be applied for in the console. */
  riskRank: z.boolean().optional(),
  push: push.optional(),
  signing: signing.optional(),
});

/** Every mini-program of this server, each once. */
export const wechatApps = z
  .array(wechatApp)
  .min(1)
  .refine((apps) => new Set(apps.map(({ id }) => id)).size === apps.length, 'an AppID is there twice');

export type WechatAppSetting = z.infer<typeof wechatApp>;
export type WechatSigningSetting = z.infer<typeof signing>;
