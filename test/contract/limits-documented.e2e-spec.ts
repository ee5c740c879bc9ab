import { readFileSync } from 'node:fs';
import { environmentSchema } from '../../src/platform/config/environment.schema.js';
import { limitOf, RATE_CLASSES, type RateClassName } from '../../src/platform/rate-limit/rate-classes.js';

const read = (file: string): string => readFileSync(file, 'utf8');

describe('README.md', () => {
  it('says how many requests a minute each class of doors allows by default', () => {
    const { RATE_LIMIT_PER_MINUTE: perMinute } = environmentSchema.parse({});
    const names = Object.keys(RATE_CLASSES) as RateClassName[];
    const documented = [...read('README.md').matchAll(/^\| `([a-z]+)` \| (\d+) \|/gm)].map(([, ...row]) => row);

    expect(documented).toEqual(names.map((name) => [name, String(limitOf(name, perMinute))]));
  });
});
