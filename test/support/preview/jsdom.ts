import { createRequire } from 'node:module';

// The typings of jsdom would bring a browser's globals into the types of the server, so this is the part that is used.

export interface Element {
  readonly tagName: string;
  readonly textContent: string;
  value: string;
  focus(): void;
  blur(): void;
  click(): void;
  getAttribute(name: string): string | null;
  dispatchEvent(event: object): boolean;
  querySelectorAll(selector: string): Iterable<Element>;
}

export interface PhoneWindow {
  readonly Event: new (type: string, options: object) => object;
  readonly MouseEvent: new (type: string, options: object) => object;
  readonly document: Pick<Element, 'querySelectorAll'> & { readonly activeElement: Element | null };
  readonly localStorage: { setItem(key: string, value: string): void };
  readonly phone: {
    hide(): void;
    show(): void;
    forget(): void;
    setOffline(isOffline: boolean): void;
    advance(ms: number): void;
  };
  addEventListener(type: string, listener: (event: { message?: string }) => void): void;
  eval(script: string): void;
  close(): void;
}

interface Jsdom {
  readonly JSDOM: new (html: string, options: object) => { readonly window: PhoneWindow };
  readonly VirtualConsole: new () => { on(event: string, listener: (error: Error) => unknown): void };
}

const require = createRequire(import.meta.filename);

export const { JSDOM, VirtualConsole } = require('jsdom') as Jsdom;
