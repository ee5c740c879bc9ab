import { report } from '../report.js';
import { openTypes } from './open-types.js';
import { type BuiltIn, emit, host, onTap, tap } from './built-in.js';

/** `<button>` with the `open-type`s of a login. */
export const button = {
  properties: {
    type: String,
    size: String,
    plain: Boolean,
    loading: Boolean,
    disabled: Boolean,
    openType: String,
    ariaLabel: String,
  },
  observers: {
    'type, size, plain, disabled, loading, ariaLabel': function (this: BuiltIn) {
      show(this);
    },
  },
  lifetimes: {
    attached(this: BuiltIn) {
      show(this);
      onTap(this, () => void tapped(this));
      host(this).addEventListener('keydown', ({ key }) => {
        if ((key === 'Enter' || key === ' ') && !this.data.disabled) tap(this);
      });
    },
  },
};

function show(self: BuiltIn): void {
  const { type, size, plain, disabled, loading, ariaLabel } = self.data;
  const element = host(self);
  if (!element) return;
  element.setAttribute('role', 'button');
  element.tabIndex = disabled ? -1 : 0;
  element.setAttribute('aria-disabled', String(Boolean(disabled)));
  if (ariaLabel) element.setAttribute('aria-label', String(ariaLabel));
  Object.assign(element.dataset, { type: type || 'default', size: size || 'default', plain: String(Boolean(plain)) });
  element.classList.toggle('is-disabled', Boolean(disabled));
  element.classList.toggle('is-loading', Boolean(loading));
}

async function tapped(self: BuiltIn): Promise<void> {
  if (self.data.disabled) return;
  report('tap', host(self).textContent?.trim());
  for (const name of String(self.data.openType ?? '').split('|')) {
    const openType = openTypes[name];
    if (!openType) continue;
    const { event, detail } = await openType(self.id);
    emit(self, event, detail);
  }
}
