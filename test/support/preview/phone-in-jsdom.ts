import { JSDOM, VirtualConsole } from './jsdom.js';
import type { Element, PhoneWindow } from './jsdom.js';

const PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 5;

export interface PhoneOptions {
  user?: string;
  device?: string;
  /** What the phone kept from the last time, as `kept` gave it. */
  kept?: Record<string, string>;
}

/** One request that left the phone, and the status of its answer; 0 where none came. */
export interface SeenRequest {
  request: string;
  status: number;
}

/** The demo, running in jsdom against a preview, and the fingers and eyes of somebody who uses it. */
export class PhoneInJsdom {
  readonly errors: string[] = [];
  readonly requests: SeenRequest[] = [];

  constructor(private readonly window: PhoneWindow) {}

  /** What is to be read on the page on top and in the windows above it. */
  get text(): string {
    return this.visible()
      .map((element) => element.textContent)
      .join(' ');
  }

  /** Waits until the text can be read. */
  async see(text: string | RegExp): Promise<void> {
    const isSeen = () => (typeof text === 'string' ? this.text.includes(text) : text.test(this.text));
    await this.until(isSeen, `“${text}” to be seen`);
  }

  async seeNot(text: string): Promise<void> {
    await this.until(() => !this.text.includes(text), `“${text}” to be gone`);
  }

  /** Taps what bears this text, once it can be tapped; in a window above the page before the page. */
  async tap(text: string): Promise<void> {
    let found: Element | undefined;
    await this.until(() => (found = this.tappable(text)) !== undefined, `“${text}” to tap`);
    this.touch(found!);
  }

  /** Taps several times before the mini-program can do anything about it. */
  tapAtOnce(text: string, times: number): void {
    const found = this.tappable(text)!;
    for (let tap = 0; tap < times; tap++) this.touch(found);
  }

  /** Types into the field with this label, and leaves it. */
  async type(label: string, value: string): Promise<void> {
    let input: Element | undefined;
    await this.until(() => (input = this.input(label)) !== undefined, `a field “${label}”`);
    input!.focus();
    input!.value = value;
    input!.dispatchEvent(new this.window.Event('input', { bubbles: true, composed: true }));
    input!.blur();
  }

  /** What stands in the field with this label. */
  valueOf(label: string): string | undefined {
    return this.input(label)?.value;
  }

  /** The label of the field that has the focus. */
  get focused(): string | null {
    return this.window.document.activeElement?.getAttribute('aria-label') ?? null;
  }

  /** Whether the button that bears this text can be tapped. */
  isDisabled(text: string): boolean {
    const buttons = this.visible().flatMap((part) => [...part.querySelectorAll('[role=button]')]);
    return buttons.find((button) => nameOf(button).includes(text))?.getAttribute('aria-disabled') === 'true';
  }

  /** How often this request left the phone: `POST /api/v1/auth/login`. */
  sent(request: string): number {
    return this.requests.filter((seen) => seen.request === request).length;
  }

  /** Everything the phone keeps when it is switched off. */
  get kept(): Record<string, string> {
    return { ...this.window.localStorage } as unknown as Record<string, string>;
  }

  /** What the page around it can do: put the clock forward, cut the network. */
  get controls(): PhoneWindow['phone'] {
    return this.window.phone;
  }

  /** The person leaves the mini-program and returns. */
  leaveAndReturn(): void {
    this.window.phone.hide();
    this.window.phone.show();
  }

  close(): void {
    this.window.close();
  }

  private touch(element: Element): void {
    for (const type of ['mousedown', 'mouseup']) {
      element.dispatchEvent(
        new this.window.MouseEvent(type, { bubbles: true, composed: true, clientX: 1, clientY: 1 }),
      );
    }
    if (element.tagName === 'BUTTON') element.click();
  }

  private tappable(text: string): Element | undefined {
    const all = this.visible().flatMap((part) => [...part.querySelectorAll('[role=button], [role=link], button')]);
    const able = all.filter((element) => element.getAttribute('aria-disabled') !== 'true');
    const bearing = able.filter((element) => nameOf(element).includes(text));
    return bearing.find((element) => nameOf(element) === text) ?? bearing[0];
  }

  private input(label: string): Element | undefined {
    const inputs = this.visible().flatMap((part) => [...part.querySelectorAll('input')]);
    return inputs.find((input) => input.getAttribute('aria-label') === label);
  }

  /** The page on top, what lies above it, and the bar. */
  private visible(): Element[] {
    const { document } = this.window;
    return ['#sheets', '#bar', '.page:not([hidden])'].flatMap((selector) => [...document.querySelectorAll(selector)]);
  }

  /** Waits for whatever else. */
  async until(isSo: () => boolean, what: string): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    while (!isSo()) {
      if (performance.now() > deadline) throw new Error(`Waited for ${what}; there is: ${this.text} ${this.errors}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }
}

function nameOf(element: Element): string {
  return (element.getAttribute('aria-label') || element.textContent).trim();
}

/** Switches a phone on: loads the phone's page from the preview and runs its script. */
export async function openPhone(url: string, { user, device, kept = {} }: PhoneOptions): Promise<PhoneInJsdom> {
  const query = new URLSearchParams({ ...(user && { user }), ...(device && { device }), phone: `${user}-${device}` });
  const address = `${url}/phone?${query}`;
  const [page, script] = await Promise.all(
    [address, `${url}/phone.js`].map(async (each) => (await fetch(each)).text()),
  );
  const console = new VirtualConsole();
  const html = page!.replace(/<script.*<\/script>|<link[^>]*>/g, '');
  const { window } = new JSDOM(html, { url: address, runScripts: 'outside-only', virtualConsole: console });
  const phone = new PhoneInJsdom(window);
  // jsdom knows no nested CSS, and draws nothing anyway.
  console.on('jsdomError', ({ message }) => message.includes('CSS') || phone.errors.push(message));
  window.addEventListener('error', ({ message }) => phone.errors.push(String(message)));
  Object.assign(window, { AbortController, fetch: fetchOf(phone, url) });
  for (const [key, value] of Object.entries(kept)) window.localStorage.setItem(key, value);
  window.eval(script!);
  return phone;
}

/** A browser's fetch, which knows its own address; each request is written down. */
function fetchOf(phone: PhoneInJsdom, url: string) {
  return async (path: string, options: RequestInit = {}): Promise<Response> => {
    const seen = { request: `${options.method ?? 'GET'} ${path.split('?')[0]}`, status: 0 };
    phone.requests.push(seen);
    const response = await fetch(url + path, options);
    seen.status = response.status;
    return response;
  };
}
