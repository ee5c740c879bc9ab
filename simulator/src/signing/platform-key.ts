import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';

/** A key with which WeChat signs its answers, and the serial number of its certificate. */
export interface PlatformKey {
  readonly serial: string;
  /** RSA in PEM. */
  readonly privateKey: string;
}

let generated: PlatformKey | undefined;

/** Made once, by the first app that needs one. */
export function ownPlatformKey(): PlatformKey {
  generated ??= newPlatformKey();
  return generated;
}

/** What the server under test is configured with in place of WeChat's certificate. */
export function publicPart({ serial, privateKey }: PlatformKey): object {
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' });
  return { serial, publicKey };
}

function newPlatformKey(): PlatformKey {
  const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const privateKey = key.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { serial: createHash('sha256').update(privateKey).digest('hex').slice(0, 32).toUpperCase(), privateKey };
}
