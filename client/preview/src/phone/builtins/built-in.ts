import { type component, glassEasel } from 'glass-easel-miniprogram-adapter';
import { elementOf } from '../program.js';

/** `this` in a built-in component. */
export type BuiltIn = component.GeneralComponent;

/** The element that the mini-program’s styles are about; none once the page is closed. */
export function host(builtIn: BuiltIn): HTMLElement {
  return elementOf(builtIn._$ as never);
}

/** A tap by finger, mouse or keyboard, told before the mini-program hears of it and may take the button away. */
export function onTap(builtIn: BuiltIn, listener: () => void): void {
  builtIn._$.addListener('tap', listener, { capture: true });
}

/** For the keyboard: a browser knows no tap of its own. */
export function tap(builtIn: BuiltIn): void {
  glassEasel.triggerEvent(builtIn._$ as never, 'tap', {}, { bubbles: true, composed: true });
}

/** An event of the component, which does not bubble: `bindinput`, `bindgetphonenumber` … */
export function emit(builtIn: BuiltIn, name: string, detail: object): void {
  builtIn.triggerEvent(name, detail, {});
}
