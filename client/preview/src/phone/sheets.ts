/** WeChat's own windows over the mini-program: made of plain elements, outside of the pages. */

interface SheetContent {
  readonly title: string;
  readonly text?: string;
  readonly note?: string;
  /** A field to type into, below the text. */
  readonly field?: HTMLInputElement;
  readonly choices: readonly { readonly label: string; readonly value: string; readonly primary?: boolean }[];
  /** What it counts as when the shade beside the window is tapped; without it the shade does nothing. */
  readonly dismissed?: string;
}

/** Shows a window until one of its buttons is tapped. */
export function ask({ title, text, note, field, choices, dismissed }: SheetContent): Promise<string> {
  return new Promise((resolve) => {
    const close = (value: string): void => {
      shade.remove();
      resolve(value);
    };
    const shade = element('div', 'sheet-shade');
    const sheet = element('div', 'sheet');
    sheet.setAttribute('role', 'dialog');
    sheet.setAttribute('aria-label', title);
    sheet.append(element('div', 'sheet-title', title));
    if (text) sheet.append(element('div', 'sheet-text', text));
    if (note) sheet.append(element('div', 'sheet-note', note));
    if (field) sheet.append(field);
    for (const { label, value, primary } of choices) {
      const button = element('button', primary ? 'sheet-button primary' : 'sheet-button', label);
      button.addEventListener('click', () => close(value));
      sheet.append(button);
    }
    if (dismissed !== undefined) shade.addEventListener('click', (event) => event.target === shade && close(dismissed));
    shade.append(sheet);
    document.getElementById('sheets')!.append(shade);
    (field ?? sheet.querySelector<HTMLButtonElement>('.primary'))?.focus({ preventScroll: true });
  });
}

let toast: HTMLElement | undefined;
let toastTimer: number | undefined;

/** A black box in the middle of the screen; a new one replaces the old one. */
export function showToast(title: string, { icon = '', duration = 1_500 }: { icon?: string; duration?: number }): void {
  hideToast();
  toast = element('div', 'toast', '');
  toast.setAttribute('role', 'status');
  if (icon) toast.append(element('span', `toast-icon ${icon}`, icon === 'success' ? '✓' : icon === 'error' ? '!' : ''));
  toast.append(element('span', '', title));
  document.getElementById('sheets')!.append(toast);
  if (Number.isFinite(duration)) toastTimer = window.setTimeout(hideToast, duration);
}

export function hideToast(): void {
  clearTimeout(toastTimer);
  toast?.remove();
  toast = undefined;
}

function element(tag: string, className: string, text?: string): HTMLElement {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}
