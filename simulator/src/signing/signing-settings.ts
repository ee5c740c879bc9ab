import { createPrivateKey, createPublicKey } from 'node:crypto';
import { ownPlatformKey, type PlatformKey } from './platform-key.js';

/** What an app's owner sets in WeChat's console under API 安全; while they are there, signed requests are the only ones. */
export interface SigningSettings {
  /** The number of the symmetric key; without the key, requests get 40238. */
  readonly symmetricKeySn?: string;
  /** 32 bytes in base64, for AES256_GCM. */
  readonly symmetricKey?: string;
  /** The owner's RSA key or certificate in PEM, which checks requests; without it they get 40239. */
  readonly publicKey?: string;
  /** What answers are signed with: the current key and, while it is being replaced, the one before. */
  readonly platformKeys?: readonly PlatformKey[];
}

/** The same with the simulator's own platform key filled in. */
export type CompleteSigningSettings = SigningSettings & Required<Pick<SigningSettings, 'platformKeys'>>;

const KNOWN = ['symmetricKeySn', 'symmetricKey', 'publicKey', 'platformKeys'];

/** Fills the defaults in, and throws with what is wrong, in words that repeat no secret. */
export function checkSigningSettings(settings: SigningSettings): CompleteSigningSettings {
  const { symmetricKey, publicKey, platformKeys = [ownPlatformKey()] } = settings;
  const unknown = Object.keys(settings).find((name) => !KNOWN.includes(name));
  if (unknown) throw new Error(`signing.${unknown} is unknown; known are ${KNOWN.join(', ')}`);
  if (symmetricKey !== undefined && !isKeyOf32Bytes(symmetricKey)) {
    throw new Error('signing.symmetricKey must be 32 bytes in base64');
  }
  if (symmetricKey !== undefined && !settings.symmetricKeySn) throw new Error('signing.symmetricKeySn is missing');
  if (publicKey !== undefined && !isRsa(() => createPublicKey(publicKey))) {
    throw new Error('signing.publicKey must be an RSA key or certificate in PEM');
  }
  if (!arePlatformKeys(platformKeys)) {
    throw new Error('signing.platformKeys must be one or two of {serial, privateKey}, the key RSA in PEM');
  }
  return { ...settings, platformKeys };
}

function isKeyOf32Bytes(text: unknown): boolean {
  return typeof text === 'string' && Buffer.from(text, 'base64').length === 32;
}

function arePlatformKeys(keys: unknown): boolean {
  if (!Array.isArray(keys) || keys.length < 1 || keys.length > 2) return false;
  return keys.every((key: Partial<PlatformKey>) => {
    const { serial, privateKey } = key;
    return Boolean(serial && privateKey) && isRsa(() => createPrivateKey(privateKey ?? ''));
  });
}

function isRsa(read: () => { asymmetricKeyType?: string }): boolean {
  try {
    return read().asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}
