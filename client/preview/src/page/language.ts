/** A text in both languages. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

type Language = keyof Text;

const KEY = 'preview:language';

let language: Language = chosen();

/** Writes a text into an element; it follows when the language changes. */
export function speak<T extends HTMLElement>(target: T, text: Text): T {
  Object.assign(target.dataset, { zh: text.zh, en: text.en });
  target.textContent = text[language];
  return target;
}

/** Between Chinese and English, kept for the next visit. */
export function switchLanguage(): void {
  language = language === 'zh' ? 'en' : 'zh';
  localStorage.setItem(KEY, language);
  showLanguage();
}

/** Brings the whole page into the chosen language. */
export function showLanguage(): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  for (const target of document.querySelectorAll<HTMLElement>('[data-zh]'))
    target.textContent = target.dataset[language]!;
}

function chosen(): Language {
  const kept = localStorage.getItem(KEY);
  if (kept === 'zh' || kept === 'en') return kept;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
