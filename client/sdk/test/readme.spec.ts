import { readFileSync } from 'node:fs';
import { CLIENT_TEXTS } from '../src/errors/client-texts.js';
import { FakePhone } from './fake-phone.js';

const readme = readFileSync(`${__dirname}/../README.md`, 'utf8');

describe('README.md of the SDK', () => {
  it('lists every error that the client makes itself, with its texts', () => {
    const documented = [...readme.matchAll(/^\| `client\.(\w+)` \| ([^|]+) \| ([^|]+) \|/gm)].map((row) =>
      row.slice(1, 4),
    );
    const known = CLIENT_TEXTS.split('\n').map((line) => line.split('|').slice(0, 3));

    expect(documented.sort()).toEqual(known.sort());
  });

  it('lists every method, and every option', () => {
    const { devices, ...client } = new FakePhone().launch();
    const methods = [...Object.keys(client), ...Object.keys(devices).map((name) => `devices.${name}`)];
    const source = readFileSync(`${__dirname}/../src/client-options.ts`, 'utf8');
    const options = [...source.matchAll(/^ {2}(\w+)\??: /gm)].map(([, name]) => name!);

    expect(options.length).toBeGreaterThan(10);
    expect(methods.filter((name) => !readme.includes(`\`${name}(`) && name !== 'user')).toEqual([]);
    expect(options.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });
});
