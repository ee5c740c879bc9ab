import i18next, { type TFunction } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en.js';
import { zh } from './zh.js';

export type Language = 'zh' | 'en';
export type Translate = TFunction;

const KEY = 'wxlogin.language';
const HTML_LANG: Record<Language, string> = { zh: 'zh-CN', en: 'en' };

/** Chinese, unless somebody chose otherwise here, or the browser prefers English. */
export function preferredLanguage(storage: Storage, languages: readonly string[]): Language {
  const chosen = storage.getItem(KEY);
  if (chosen === 'zh' || chosen === 'en') return chosen;
  const first = languages.find((each) => /^(zh|en)\b/i.test(each));
  return first?.toLowerCase().startsWith('en') ? 'en' : 'zh';
}

/** Starts in the preferred language; `<html lang>` follows from then on. */
export async function startI18n(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = HTML_LANG[language as Language];
  });
  await i18next.use(initReactI18next).init({
    lng: preferredLanguage(localStorage, navigator.languages),
    fallbackLng: 'zh',
    resources: { zh: { translation: zh }, en: { translation: en } },
    interpolation: { escapeValue: false }, // React does that
  });
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
  void i18next.changeLanguage(language);
}

/** Adds the texts of pages that are loaded later. */
export function addTexts(texts: Record<Language, object>): void {
  for (const language of ['zh', 'en'] as const)
    i18next.addResourceBundle(language, 'translation', texts[language], true, true);
}
