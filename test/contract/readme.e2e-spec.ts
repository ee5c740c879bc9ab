import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { built, type Running, startNode } from '../support/built-program.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const readme = readFileSync('README.md', 'utf8');
const [, walkthrough = ''] = /walkthrough:begin -->([\s\S]+)<!-- walkthrough:end/.exec(readme) ?? [];

/** One step of the walk-through: its commands, and what README.md says they print. */
const steps = walkthrough.split(/\n(?=\*\*\d\. )/).map((text) => ({
  title: /\*\*(.+?)\*\*/.exec(text)?.[1] ?? 'two addresses and two functions',
  commands: /```sh\n([\s\S]+?)```/.exec(text)?.[1] ?? '',
  promised: linesOf(/```(?:json|text)\n([\s\S]+?)```/.exec(text)?.[1] ?? ''),
}));

const AFTER_EACH_STEP = '\u001e'; // the record separator of ASCII

// A line that begins with a space goes on with the line before it.
function linesOf(text: string): string[] {
  const lines = text.trimEnd().replace(/\n +/g, '').split('\n');
  return lines.filter((line) => line !== '');
}

/** `…` stands for anything. */
function asPattern(line: string): RegExp {
  const parts = line.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}

async function isReady(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

describe.each(['sh', 'bash'])('the walk-through of README.md, pasted into %s', (shell) => {
  let database: TestDatabase;
  const running: Running[] = [];
  let outputs: string[];

  beforeAll(async () => {
    database = await createTestDatabase();
    const [port, simulatorPort] = [await freePort(), await freePort()];
    const simulated = { SIMULATOR_PORT: String(simulatorPort) };
    const settings = { PORT: String(port), WECHAT_API_BASE_URL: `http://127.0.0.1:${simulatorPort}` };
    running.push(startNode([built('simulator/dist/main.js')], simulated));
    // A machine that is neither in UTC nor in whole hours of it.
    running.push(startNode([built('dist/src/main.js')], { ...database.settings, ...settings, TZ: 'Asia/Kolkata' }));
    await eventually(() => isReady(`http://127.0.0.1:${port}/health/ready`), 40_000);
    const script = steps.map(({ commands }) => `${commands}printf '${AFTER_EACH_STEP}'\n`).join('');
    const here = script
      .replace('localhost:3000', `localhost:${port}`)
      .replace('localhost:3001', `localhost:${simulatorPort}`);
    const { stdout } = await promisify(execFile)(shell, ['-c', here]);
    outputs = stdout.split(AFTER_EACH_STEP);
  }, 60_000);
  afterAll(async () => {
    await Promise.all(running.splice(0).map((program) => program.stop()));
    await database?.drop();
  });

  it.each(steps.map(({ title, promised }, i) => ({ title, promised, i })))('$title', ({ promised, i }) => {
    expect(linesOf(outputs[i]!)).toEqual(promised.map((line) => expect.stringMatching(asPattern(line)) as string));
  });

  it('shows moments in UTC, whatever the clock of the machine is set to', () => {
    const { user } = JSON.parse(outputs[2]!) as { user: { createdAt: string } };

    expect(Math.abs(Date.now() - Date.parse(user.createdAt))).toBeLessThan(5 * 60_000);
  });
});

describe('README.md', () => {
  it('has steps that print something to compare', () => {
    expect(steps.filter(({ commands }) => commands)).toHaveLength(9);
    expect(steps.filter(({ promised }) => promised.length > 0)).toHaveLength(7);
  });

  it('can be pasted into zsh, which hands comments to the command', () => {
    const commands = [...readme.matchAll(/```sh\n([\s\S]+?)```/g)].flatMap(([, block]) => block!.split('\n'));

    expect(commands.length).toBeGreaterThan(20);
    expect(commands.filter((line) => /(^|\s)#/.test(line))).toEqual([]);
  });

  it('links to nothing that is not there', () => {
    const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => path!);

    expect(links.length).toBeGreaterThan(3);
    expect(links.filter((path) => !existsSync(path))).toEqual([]);
  });
});
