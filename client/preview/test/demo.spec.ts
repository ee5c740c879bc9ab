import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDemo } from '../src/bundle/bundler.js';
import { packageRoot } from '../src/bundle/places.js';

const DEMO = join(packageRoot(), '../demo');
const read = (file: string): string => readFileSync(join(DEMO, file), 'utf8');
const scripts = readdirSync(join(DEMO, 'miniprogram'), { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.startsWith('miniprogram_npm'),
);

describe('the demo mini-program', () => {
  it('has nothing wrong in its WXML and WXSS', () => {
    const demo = readDemo();
    expect(demo.problems).toEqual([]);
    expect(demo.units.size).toBe(8);
  });

  it.each(scripts.filter((file) => file.startsWith('pages')))('%s is short and holds no token', (file) => {
    const text = read(join('miniprogram', file));
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
    expect(text).not.toMatch(/token|Bearer|authorization|wx\.request|wx\.login\b/i);
  });

  it.each(scripts)('%s says nowhere where the server is, but for config.ts', (file) => {
    if (file !== 'config.ts') expect(read(join('miniprogram', file))).not.toMatch(/https?:\/\//);
  });

  it('opens in DevTools without an account, with every page and component on the disk', () => {
    const project = JSON.parse(read('project.config.json')) as { appid: string; miniprogramRoot: string };
    expect(project).toMatchObject({
      appid: 'touristappid',
      miniprogramRoot: 'miniprogram/',
      compileType: 'miniprogram',
    });
    for (const unit of readDemo().units.keys()) {
      for (const ending of ['json', 'ts', 'wxml', 'wxss'])
        expect(() => read(`miniprogram/${unit}.${ending}`)).not.toThrow();
    }
  });
});
