import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BODY_LIMIT_BYTES, REQUEST_TIMEOUT_MS } from '../../src/app.setup.js';
import { FIRST_WAIT_MS, LEASE_MS, LONGEST_WAIT_MS } from '../../src/platform/attempts/attempt-rules.js';
import { environmentSchema } from '../../src/platform/config/environment.schema.js';
import { COMMAND_TIMEOUT_MS } from '../../src/platform/redis/redis.js';
import { ACCOUNT_LIMIT, NETWORK_LIMIT } from '../../src/users/passwords/password-attempts.js';

const DOCUMENT = readFileSync('docs/security.md', 'utf8');
const STATES = ['满足 met', '部分 partly', '不满足 not met', '不适用 n/a', '部署者 yours'];

/** Requirements of ASVS 5.0.0, levels 1 and 2, in each section of the chapters that the document is about. */
const ASVS_SECTIONS = {
  ...{ '6.1': 3, '6.2': 12, '6.3': 4, '6.4': 4, '6.5': 5, '6.6': 3, '6.8': 4 },
  ...{ '7.1': 3, '7.2': 4, '7.3': 2, '7.4': 5, '7.5': 2, '7.6': 2 },
  ...{ '8.1': 2, '8.2': 3, '8.3': 1, '8.4': 1, '9.1': 3, '9.2': 4 },
  ...{ '11.1': 2, '11.2': 3, '11.3': 3, '11.4': 4, '11.5': 1, '11.6': 1 },
  ...{ '13.1': 1, '13.2': 5, '13.3': 2, '13.4': 5, '14.1': 2, '14.2': 4, '14.3': 3 },
  ...{ '16.1': 1, '16.2': 5, '16.3': 4, '16.4': 3, '16.5': 3 },
};

/** The cells of each row of the tables in one numbered section. */
function rowsOf(section: number): string[][] {
  const text = DOCUMENT.split(/^## /m).find((part) => part.startsWith(`${section} `)) ?? '';
  const lines = text.split('\n').filter((line) => /^\| (?!---)/.test(line));
  return lines.map((line) => line.slice(2, -2).split(' | '));
}

function sourcesIn(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts')).map((file) => join(folder, file));
}

/** The purposes of the keys that a file derives, written out or by the name of a constant. */
function purposesIn(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/[dD]erive\w*\(\s*(?:'([\w-]+)'|([A-Z_]+)\b)/g)].map(([, written, name]) => {
    return written ?? new RegExp(`const ${name} = '([\\w-]+)'`).exec(text)?.[1] ?? `${name} of ${file}`;
  });
}

describe('docs/security.md', () => {
  it('says the numbers that are true', () => {
    const defaults = environmentSchema.parse({}) as Record<string, unknown>;
    const constants: Record<string, unknown> = {
      ...{ FIRST_WAIT_MS, LONGEST_WAIT_MS, LEASE_MS, COMMAND_TIMEOUT_MS, BODY_LIMIT_BYTES, REQUEST_TIMEOUT_MS },
      ...{ 'ACCOUNT_LIMIT.free': ACCOUNT_LIMIT.free, 'ACCOUNT_LIMIT.forgetAfterMs': ACCOUNT_LIMIT.forgetAfterMs },
      ...{ 'NETWORK_LIMIT.free': NETWORK_LIMIT.free, 'NETWORK_LIMIT.forgetAfterMs': NETWORK_LIMIT.forgetAfterMs },
    };
    const said = rowsOf(2).slice(1);

    expect(said.length).toBeGreaterThan(15);
    for (const [name = '', value] of said) {
      const key = name.replaceAll('`', '');
      expect([key, value]).toEqual([key, String(constants[key] ?? defaults[key])]);
    }
  });

  it('names every purpose for which a key is derived, and no other', () => {
    const derived = sourcesIn('src').flatMap(purposesIn);
    const named = rowsOf(5).flatMap(([key = '']) => /^`([a-z-]+)`$/.exec(key)?.[1] ?? []);

    expect(named.sort()).toEqual([...new Set(derived)].sort());
  });

  it('has a row for each requirement of ASVS, with a state, and a proof where it is met', () => {
    const expected = Object.entries(ASVS_SECTIONS).flatMap(([section, count]) => {
      return Array.from({ length: count }, (_, n) => `${section}.${n + 1}`);
    });
    const rows = rowsOf(10).filter(([id = '']) => /^\d/.test(id));

    expect(rows.map(([id]) => id)).toEqual(expected);
    expect(rows.filter(([, state = '']) => !STATES.includes(state))).toEqual([]);
    const unproved = rows.filter(([, state = '', , proof]) => STATES.slice(0, 2).includes(state) && proof === '—');
    expect(unproved.map(([id]) => id)).toEqual([]);
  });

  it('proves what it says by files and tests that are there', () => {
    const proofs = [1, 10].flatMap((section) => {
      return rowsOf(section).flatMap((cells) =>
        [...(cells.at(-1) ?? '').matchAll(/`([^`]+)`/g)].map(([, proof]) => proof!),
      );
    });
    const missing = proofs.filter((proof) => {
      const [file = '', title] = proof.split(' › ');
      return !existsSync(file) || (title !== undefined && !readFileSync(file, 'utf8').includes(title));
    });

    expect(proofs.length).toBeGreaterThan(100);
    expect(missing).toEqual([]);
  });
});
