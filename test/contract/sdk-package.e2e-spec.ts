import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { built } from '../support/built-program.js';

const SDK = join(import.meta.dirname, '../../client/sdk');
const resolve = createRequire(import.meta.filename).resolve.bind(undefined);

const NATIVE = `
import { AuthError, type AuthClient, createAuthClient, type Device } from '@wx-login/sdk';
const auth: AuthClient = createAuthClient({ wx, baseURL: 'https://api.example.com', locale: 'en' });
Page({
  async onPhone(event: WechatMiniprogram.ButtonGetPhoneNumber) {
    const { user, isNewUser } = await auth.loginWithPhone(event);
    const devices: Device[] = await auth.devices.list();
    console.log(user.id, isNewUser, devices[0]?.current, await auth.request<{ total: number }>('/orders'));
  },
  onError(error: unknown) {
    if (error instanceof AuthError && error.code === 'users.banned') console.log(error.message, error.retryAfter);
  },
});
`;

interface Packed {
  files: { path: string }[];
}

/** The files that npm would publish. */
function packed(): string[] {
  const { npm_execpath: cli } = process.env;
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const output = cli
    ? execFileSync(process.execPath, [cli, ...args], { cwd: SDK, encoding: 'utf8', stdio: 'pipe' })
    : execFileSync('npm', args, { cwd: SDK, encoding: 'utf8', stdio: 'pipe' });
  return (JSON.parse(output) as Packed[])[0]!.files.map(({ path }) => path);
}

describe('the npm package of the SDK', () => {
  let folder: string;
  let files: string[];

  beforeAll(() => {
    built('client/sdk/dist/index.js');
    files = packed();
    folder = mkdtempSync(join(tmpdir(), 'sdk-'));
    for (const file of files) {
      const target = join(folder, 'node_modules/@wx-login/sdk', file);
      mkdirSync(dirname(target), { recursive: true });
      cpSync(join(SDK, file), target);
    }
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('holds what it is for and nothing else', () => {
    const others = files.filter((file) => !/^dist\/([\w-]+\/)?[\w-]+\.d\.ts$/.test(file));

    expect(others.sort()).toEqual([
      ...['README.md', 'dist/index.js', 'dist/index.mjs', 'miniprogram_dist/index.js', 'package.json'],
    ]);
    expect(files).toContain('dist/index.d.ts');
  });

  it('is found by 构建 npm, by require and by import', () => {
    const manifest = JSON.parse(readFileSync(join(SDK, 'package.json'), 'utf8')) as Record<string, string>;
    const script = `
      const { createAuthClient, AuthError } = require('@wx-login/sdk');
      import('@wx-login/sdk').then((sdk) => console.log(typeof createAuthClient, typeof AuthError, Object.keys(sdk).length))`;
    writeFileSync(join(folder, 'use.cjs'), script);

    expect(files).toContain(`${manifest.miniprogram}/index.js`);
    expect(manifest).not.toHaveProperty('dependencies');
    expect(execFileSync(process.execPath, ['use.cjs'], { cwd: folder, encoding: 'utf8' })).toMatch(
      /^function function \d/,
    );
  });

  it('has types that a strict mini-program can use', () => {
    const types = [dirname(resolve('miniprogram-api-typings/package.json'))];
    const modules = { module: 'esnext', moduleResolution: 'bundler', target: 'es2020', lib: ['es2020'] };
    const tsconfig = { compilerOptions: { ...modules, types, strict: true, noEmit: true } };
    writeFileSync(join(folder, 'page.ts'), NATIVE);
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));

    expect(() =>
      execFileSync(process.execPath, [resolve('typescript/bin/tsc')], { cwd: folder, encoding: 'utf8', stdio: 'pipe' }),
    ).not.toThrow();
  });
});
