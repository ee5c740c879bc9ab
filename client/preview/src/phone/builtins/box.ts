import { type BuiltIn, host, tap } from './built-in.js';

const TAPPABLE = new Set(['button', 'link']);

/** `<view>`, `<text>`, `<scroll-view>`; with an `aria-role` that is tapped they can be reached by keyboard. */
export const box = {
  properties: { ariaRole: String, ariaLabel: String },
  observers: {
    'ariaRole, ariaLabel': function (this: BuiltIn) {
      show(this);
    },
  },
  lifetimes: {
    attached(this: BuiltIn) {
      show(this);
      host(this).addEventListener('keydown', ({ key, target }) => {
        if (key === 'Enter' && target === host(this) && TAPPABLE.has(String(this.data.ariaRole))) tap(this);
      });
    },
  },
};

function show(self: BuiltIn): void {
  const { ariaRole, ariaLabel } = self.data;
  const element = host(self);
  if (!element) return;
  if (ariaRole) element.setAttribute('role', String(ariaRole));
  if (TAPPABLE.has(String(ariaRole))) element.tabIndex = 0;
  if (ariaLabel) element.setAttribute('aria-label', String(ariaLabel));
}
