import { device } from '../device.js';
import { requirePrivacy } from '../wx/privacy.js';
import { type BuiltIn, emit, host } from './built-in.js';

/** `<input>`; of `type` only `nickname` differs here from plain text. */
export const input = {
  properties: {
    value: String,
    type: { type: String, value: 'text' },
    password: Boolean,
    placeholder: String,
    maxlength: { type: Number, value: 140 },
    disabled: Boolean,
    focus: Boolean,
    ariaLabel: String,
  },
  observers: {
    focus(this: BuiltIn, focus: boolean) {
      if (focus && host(this)) queueMicrotask(() => field(this).focus());
    },
  },
  methods: {
    typed(this: BuiltIn) {
      emit(this, 'input', { value: field(this).value, cursor: field(this).selectionStart });
    },
    left(this: BuiltIn) {
      emit(this, 'blur', { value: field(this).value });
    },
    entered(this: BuiltIn) {
      emit(this, 'focus', { value: field(this).value });
      if (this.data.type === 'nickname') void offerNickname(this);
    },
  },
  lifetimes: {
    ready(this: BuiltIn) {
      field(this).addEventListener('keydown', ({ key, isComposing }) => {
        if (key === 'Enter' && !isComposing) emit(this, 'confirm', { value: field(this).value });
      });
    },
  },
};

function field(self: BuiltIn): HTMLInputElement {
  return host(self).querySelector('input')!;
}

/** The row above the keyboard that offers the nickname the person has in WeChat. */
async function offerNickname(self: BuiltIn): Promise<void> {
  try {
    await requirePrivacy('input.nickname');
  } catch {
    return;
  }
  document.querySelector('.nickname-bar')?.remove();
  const bar = document.createElement('button');
  bar.className = 'nickname-bar';
  bar.textContent = `用微信昵称：${device.nickname}`;
  bar.addEventListener('mousedown', (event) => event.preventDefault());
  bar.addEventListener('click', () => {
    field(self).value = device.nickname;
    emit(self, 'input', { value: device.nickname });
    field(self).blur();
  });
  field(self).addEventListener('blur', () => bar.remove(), { once: true });
  document.getElementById('sheets')!.append(bar);
}
