import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';
import { smallPng } from './small-png.js';

const PROJECT = join(import.meta.dirname, '../..');

/** One person's browser window: cookies and storage of its own, and everything that went wrong in it. */
export interface BrowserPage {
  page: Page;
  /** Errors of scripts, messages of console.error, and what the content security policy refused. */
  troubles: string[];
}

/** The Chromium that `npm run test:browser` has found. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = process.env.TEST_CHROMIUM;
  if (!executablePath) throw new Error('TEST_CHROMIUM is not set: use `npm run test:browser`');
  const asRoot = process.getuid?.() === 0; // Chromium refuses its sandbox to root
  return chromium.launch({ executablePath, args: asRoot ? ['--no-sandbox'] : [] });
}

/** Opens a window of its own; Chinese unless told, and without animations, so that nothing has to be waited for. */
export async function openWindow(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserPage> {
  const context = await browser.newContext({
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  return { page, troubles: watch(page) };
}

/** What a page complains about; an HTTP status that a page handles is no trouble. */
export function watch(page: Page): string[] {
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(`${error.name}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/^Failed to load resource/.test(message.text())) troubles.push(message.text());
  });
  return troubles;
}

/** Keeps a picture for the documentation, of a page or of a part of it, only where `--screenshots` asks for pictures. */
export async function takePicture(subject: Page | Locator, name: string): Promise<void> {
  const folder = process.env.TEST_SCREENSHOTS;
  if (!folder) return;
  mkdirSync(join(PROJECT, folder), { recursive: true });
  const picture = await subject.screenshot({ animations: 'disabled' });
  writeFileSync(join(PROJECT, folder, `${name}.png`), smallPng(picture));
}
