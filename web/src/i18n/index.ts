import i18next from 'i18next';
import { useCallback } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Language } from '../api/types';
import { en } from './en';
import { zh } from './zh';

const REMEMBERED = 'bridgewatch.language';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}

/** The language chosen here before; else what the browser prefers, English where that is neither. */
export function initialLanguage(remembered: string | null, preferred: readonly string[]): Language {
  if (remembered === 'zh' || remembered === 'en') return remembered;
  for (const tag of preferred) {
    if (tag.toLowerCase().startsWith('zh')) return 'zh';
    if (tag.toLowerCase().startsWith('en')) return 'en';
  }
  return 'en';
}

export function startI18n(language: Language) {
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { en: { translation: en }, zh: { translation: zh } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  document.documentElement.lang = language;
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(REMEMBERED, language);
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}

export function rememberedLanguage(): string | null {
  return localStorage.getItem(REMEMBERED);
}

export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === 'zh' ? 'zh' : 'en';
}

type WordGroup =
  | 'type'
  | 'layer'
  | 'role'
  | 'relation'
  | 'missing'
  | 'ruledOut'
  | 'action'
  | 'roles'
  | 'fact'
  | 'feedHelp'
  | 'containerState';

/**
 * The word for a value that the hub may add to (an entity type, a reason, an action): the UI's own
 * word where it has one, else the hub's, or the one that is given.
 */
export function useWord() {
  const { t, i18n } = useTranslation();
  return useCallback(
    (group: WordGroup, value: string, otherwise = value): string => {
      const key = `${group}.${value}`;
      return i18n.exists(key) ? (t as (key: string) => string)(key) : otherwise;
    },
    [t, i18n],
  );
}
