import type { Environment } from '../config/environment.js';
import { DerivedKeys } from './derived-keys.js';

const keysOf = (secret: string, previous: string[] = []) =>
  new DerivedKeys({ APP_SECRET: secret, APP_SECRET_PREVIOUS: previous } as unknown as Environment);

describe('DerivedKeys', () => {
  it('gives one key for one purpose, the same in every process', () => {
    const [one, other] = [keysOf('a-secret'), keysOf('a-secret')];

    expect(one.derive('refresh-token')).toEqual(other.derive('refresh-token'));
    expect(one.derive('refresh-token')).toHaveLength(32);
  });

  it('gives another key for another purpose or another secret', () => {
    const keys = [
      ...['refresh-token', 'secrets-at-rest', 'Refresh-token', ''].map((purpose) => keysOf('a-secret').derive(purpose)),
      keysOf('b-secret').derive('refresh-token'),
    ];

    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(keys.length);
  });

  it('keeps giving the keys that stored values and handed-out tokens depend on', () => {
    // Changing how keys are derived ends every session and loses every session_key: this value may not change.
    expect(keysOf('a-secret').derive('refresh-token').toString('hex')).toBe(
      '237a78b931d07bc818117b8123984112cba2bb29c82136f72ab1b410d33b377a',
    );
  });
});
