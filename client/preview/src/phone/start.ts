import { glassEasel, MiniProgramEnv } from 'glass-easel-miniprogram-adapter';
import { clearStorage } from './wx/storage.js';
import { defineBuiltins } from './builtins/index.js';
import { clockPutForward, report } from './report.js';
import { forgetPrivacy } from './wx/privacy.js';
import { lifecycle } from './wx/lifecycle.js';
import { network } from './wx/network.js';
import type { Program } from './program.js';
import { type OpenPage, stack } from './stack.js';
import { wx } from './wx/index.js';

interface AppObject {
  onLaunch?(option: object): unknown;
  onShow?(option: object): unknown;
  onHide?(): unknown;
}

const LAUNCH = { query: {}, scene: 1001, shareTicket: '' };

let app: AppObject = {};

/** Runs a mini-program in this document. */
export function start(program: Program): void {
  const open = prepare(program);
  const titles = Object.fromEntries(program.pages.map((path) => [path, program.units[path]!.title]));
  stack.begin(titles, open);
  window.addEventListener('error', ({ message }) => report('error', message));
  document.getElementById('back')!.addEventListener('click', () => stack.back(1));
  const firstPage = program.pages[0]!;
  report('launch');
  program.runApp();
  app.onLaunch?.({ path: firstPage, ...LAUNCH });
  app.onShow?.({ path: firstPage, ...LAUNCH });
  stack.push(firstPage);
}

/** Sets up the framework; what comes back opens a page. */
function prepare(program: Program): (path: string, host: HTMLElement) => OpenPage {
  const env = new MiniProgramEnv();
  const space = env.createCodeSpace('', true);
  Object.assign(globalThis, {
    wx,
    App: (object: AppObject) => void (app = object),
    getApp: () => app,
    getCurrentPages: () => stack.pages(),
  });
  defineBuiltins(space, program.builtins);
  space.addStyleSheet('app', 'app');
  for (const [path, { config, template, run, scope }] of Object.entries(program.units)) {
    space.addComponentStaticConfig(path, config);
    space.addCompiledTemplate(path, template);
    space.addStyleSheet(path, path, scope || undefined);
    space.globalComponentEnv(globalThis, path, run as () => void);
  }
  const backend = new glassEasel.CurrentWindowBackendContext();
  backend.onEvent((target, type, detail, options) =>
    glassEasel.triggerEvent(target as never, type, detail as never, options),
  );
  const attached = env.associateBackend(backend);
  attached.registerStyleSheetContent('app', program.appCss);
  for (const [path, { css }] of Object.entries(program.units)) attached.registerStyleSheetContent(path, css);
  return (path, host) => {
    const root = attached.createRoot('wx-page', space, path);
    host.innerHTML = '<i></i>';
    root.attach(host as never, host.firstChild as never);
    return {
      page: root.get() as never,
      lifetime: (name) => root.getComponent().triggerPageLifetime(name, []),
      release: () => root.release(),
    };
  };
}

let stopInterrupting: (() => void) | undefined;

/** What the page around the phone can do to it. */
const phone = {
  /** The person leaves the mini-program … */
  hide(): void {
    app.onHide?.();
    lifecycle.hide();
    stack.leave();
    stopInterrupting = network.interruptLater();
  },
  /** … and returns to it. */
  show(): void {
    stopInterrupting?.();
    app.onShow?.(LAUNCH);
    lifecycle.show();
    stack.comeBack();
  },
  setOffline(isOffline: boolean): void {
    network.isOffline = isOffline;
    window.dispatchEvent(new Event('phone:network'));
  },
  /** Puts this phone's clock forward, and no other. */
  advance(ms: number): void {
    const now = Date.now;
    Date.now = () => now() + ms;
    clockPutForward(ms);
    report('clock', String(ms));
  },
  /** Deletes what the mini-program keeps, as removing it from the phone does. */
  forget(): void {
    clearStorage();
    forgetPrivacy();
  },
  get isOffline(): boolean {
    return network.isOffline;
  },
};

export type PhoneControls = typeof phone;

Object.assign(window, { phone });
