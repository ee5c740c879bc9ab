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

/** The same for the name of an element that shows no text, or more than its name. */
export function name<T extends HTMLElement>(target: T, text: Text): T {
  Object.assign(target.dataset, { nameZh: text.zh, nameEn: text.en });
  target.setAttribute('aria-label', text[language]);
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
  const nameKey = language === 'zh' ? 'nameZh' : 'nameEn';
  for (const target of document.querySelectorAll<HTMLElement>('[data-name-zh]')) {
    target.setAttribute('aria-label', target.dataset[nameKey]!);
  }
}

function chosen(): Language {
  const kept = localStorage.getItem(KEY);
  if (kept === 'zh' || kept === 'en') return kept;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
