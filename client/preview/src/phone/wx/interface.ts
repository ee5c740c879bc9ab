import { ask, hideToast, showToast } from '../sheets.js';
import { answer } from './answer.js';

/** Toasts and windows that a mini-program opens. */
export const interfaceApi = {
  showToast: (option: WechatMiniprogram.ShowToastOption) => {
    showToast(option.title, { icon: option.icon ?? 'success', duration: option.duration });
    return answer('showToast', option, {});
  },
  hideToast: (option?: WechatMiniprogram.HideToastOption) => {
    hideToast();
    return answer('hideToast', option, {});
  },
  showLoading: (option: WechatMiniprogram.ShowLoadingOption) => {
    showToast(option.title, { icon: 'loading', duration: Infinity });
    return answer('showLoading', option, {});
  },
  hideLoading: (option?: WechatMiniprogram.HideLoadingOption) => {
    hideToast();
    return answer('hideLoading', option, {});
  },
  showModal: (option: WechatMiniprogram.ShowModalOption) => answer('showModal', option, modal(option)),
};

async function modal(option: WechatMiniprogram.ShowModalOption) {
  const { title = '', content, showCancel = true, cancelText = '取消', confirmText = '确定' } = option;
  const field = option.editable ? fieldFor(option.placeholderText ?? title) : undefined;
  const choice = await ask({
    title: title || '提示',
    ...(field ? { field } : content && { text: content }),
    choices: [
      { label: confirmText, value: 'confirm', primary: true },
      ...(showCancel ? [{ label: cancelText, value: 'cancel' }] : []),
    ],
  });
  return { confirm: choice === 'confirm', cancel: choice === 'cancel', content: field?.value ?? '' };
}

function fieldFor(placeholder: string): HTMLInputElement {
  const field = document.createElement('input');
  field.className = 'sheet-field';
  field.placeholder = placeholder;
  field.setAttribute('aria-label', placeholder);
  return field;
}
