// A Chromium for the browser tests: one that is here already, or Debian's, installed when that is possible.
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ask, run } from '../platform/processes.mjs';
import { narrate, say, Trouble } from '../platform/say.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ON_MACOS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const IN_PLAYWRIGHT = [
  'chrome-linux/chrome',
  'chrome-linux64/chrome',
  'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  'chrome-win/chrome.exe',
];
const FONTS = 'fonts-noto-cjk';

/** Path of an executable Chromium or Chrome; throws with what to do where there is none and none can be installed. */
export async function findChromium() {
  const found = configured() ?? onPath() ?? ON_MACOS.find(existsSync) ?? ofPlaywright();
  if (!found) return await installed();
  if (!hasChineseFonts()) await installFonts();
  return found;
}

function configured() {
  const path = process.env.CHROMIUM;
  if (!path) return null;
  if (existsSync(path)) return path;
  throw new Trouble(`CHROMIUM=${path}：没有这个文件。`, `CHROMIUM=${path}: there is no such file.`);
}

function onPath() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
}

/** Where `npx playwright install chromium` puts it. */
function ofPlaywright() {
  const root = process.env.PLAYWRIGHT_BROWSERS_PATH || join(homedir(), '.cache/ms-playwright');
  if (!existsSync(root)) return null;
  const versions = readdirSync(root).filter((name) => /^chromium-\d+$/.test(name));
  return versions.flatMap((name) => IN_PLAYWRIGHT.map((path) => join(root, name, path))).find(existsSync);
}

async function installed() {
  if (!canInstall()) {
    throw new Trouble(
      '没有找到 Chromium。请安装一个（Debian/Ubuntu：sudo apt-get install chromium fonts-noto-cjk；其他系统：npx playwright-core install chromium），或用 CHROMIUM=路径 指定。',
      'No Chromium was found. Install one (Debian/Ubuntu: sudo apt-get install chromium fonts-noto-cjk; elsewhere: npx playwright-core install chromium), or name it with CHROMIUM=path.',
    );
  }
  await apt(['安装 Chromium 和中文字体', 'installing Chromium and Chinese fonts'], ['chromium', FONTS]);
  const path = onPath();
  if (path) return path;
  throw new Trouble('apt-get 安装的 Chromium 不在 PATH 上。', 'The Chromium of apt-get is not on the PATH.');
}

function canInstall() {
  return process.getuid?.() === 0 && ask('apt-get', '-v') !== null;
}

/** Without them every Chinese letter of a screenshot is an empty box; the tests pass all the same. */
function hasChineseFonts() {
  return process.platform !== 'linux' || Boolean(ask('fc-list', ':lang=zh'));
}

async function installFonts() {
  if (canInstall()) return await apt(['安装中文字体', 'installing Chinese fonts'], [FONTS]);
  say(`没有中文字体（${FONTS}），截图里的汉字会是方框。`, 'no Chinese fonts: screenshots will show boxes.');
}

async function apt(what, packages) {
  await narrate(what, async () => {
    const update = await quietly(['update']);
    const install = await quietly(['install', '-y', '--no-install-recommends', ...packages]);
    if (install.code === 0) return;
    throw new Trouble('apt-get install 失败。', 'apt-get install failed.', lastLines(update) + lastLines(install));
  });
}

function quietly(args) {
  return run(['apt-get', '-q', ...args], {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function lastLines({ code, output }) {
  return code === 0 ? '' : `${output.trim().split('\n').slice(-5).join('\n')}\n`;
}
