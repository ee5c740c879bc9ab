import type { glassEasel } from 'glass-easel-miniprogram-adapter';

/** One page or component of the mini-program, compiled. */
export interface Unit {
  readonly template: never;
  /** Its `.json`, with the built-in components added. */
  readonly config: Record<string, unknown>;
  readonly css: string;
  readonly title: string;
  /** What stands before a component's class names; a page has none. */
  readonly scope: string;
  readonly run: () => unknown;
}

/** A mini-program as the bundler hands it to the phone. */
export interface Program {
  /** The first is the one it opens with. */
  readonly pages: readonly string[];
  readonly appCss: string;
  readonly builtins: Readonly<Record<string, never>>;
  readonly units: Readonly<Record<string, Unit>>;
  readonly runApp: () => unknown;
}

/** The DOM element of a glass-easel node. */
export function elementOf(node: { $$: glassEasel.GeneralBackendElement | null }): HTMLElement {
  return node.$$ as unknown as HTMLElement;
}
