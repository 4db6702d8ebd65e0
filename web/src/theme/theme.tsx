import { App as AntApp, ConfigProvider, type ThemeConfig, theme } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
} from 'react';
import { useLanguage } from '../i18n';

export type Appearance = 'light' | 'dark';

const REMEMBERED = 'bridgewatch.appearance';

const AppearanceContext = createContext<{
  appearance: Appearance;
  choose: (appearance: Appearance) => void;
}>({ appearance: 'light', choose: () => {} });

export function useAppearance() {
  return useContext(AppearanceContext);
}

const FONT =
  'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", "Noto Sans", sans-serif';

/** Ant Design's tokens; the rest of the look is in `theme.css` under the same names. */
const TOKENS: Record<Appearance, ThemeConfig['token']> = {
  light: {
    colorPrimary: '#0b6683',
    colorLink: '#0b6683',
    colorBgLayout: '#f3f5f7',
    colorBgContainer: '#ffffff',
    colorText: '#17212b',
    colorTextSecondary: '#4d5b67',
    colorBorder: '#cfd7de',
    colorBorderSecondary: '#e2e7ec',
    colorError: '#b3361b',
    colorWarning: '#9a5b00',
    colorWarningBg: '#fdf5e3',
    colorWarningBorder: '#ecd7a4',
  },
  dark: {
    colorPrimary: '#2f8fae',
    colorLink: '#5bb8d4',
    colorBgLayout: '#0d141b',
    colorBgContainer: '#141e27',
    colorBgElevated: '#1a2631',
    colorText: '#dce6ee',
    colorTextSecondary: '#a3b4c2',
    colorBorder: '#33424f',
    colorBorderSecondary: '#243240',
    colorError: '#ff8d66',
    colorWarning: '#e6b450',
    colorWarningBg: '#2b2516',
    colorWarningBorder: '#54461f',
  },
};

/** Light or dark: as chosen here before, else as the system says, also when it changes its mind. */
export function AppearanceProvider({ children }: { children: ReactNode }) {
  const language = useLanguage();
  const [chosen, setChosen] = useState<Appearance | null>(remembered);
  const [system, setSystem] = useState<Appearance>(systemAppearance);
  const appearance = chosen ?? system;

  useEffect(() => {
    const media = window.matchMedia('(prefers-color-scheme: dark)');
    const changed = () => setSystem(media.matches ? 'dark' : 'light');
    media.addEventListener('change', changed);
    return () => media.removeEventListener('change', changed);
  }, []);

  useEffect(() => {
    document.documentElement.dataset.appearance = appearance;
  }, [appearance]);

  const choose = useCallback((next: Appearance) => {
    localStorage.setItem(REMEMBERED, next);
    setChosen(next);
  }, []);
  const context = useMemo(() => ({ appearance, choose }), [appearance, choose]);

  return (
    <AppearanceContext value={context}>
      <ConfigProvider
        button={{ autoInsertSpace: false }}
        locale={language === 'zh' ? zhCN : enUS}
        theme={{
          algorithm: appearance === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
          token: {
            ...TOKENS[appearance],
            fontFamily: FONT,
            fontSize: 14,
            borderRadius: 6,
            motion: false,
          },
        }}
      >
        <AntApp>{children}</AntApp>
      </ConfigProvider>
    </AppearanceContext>
  );
}

function remembered(): Appearance | null {
  const value = localStorage.getItem(REMEMBERED);
  return value === 'light' || value === 'dark' ? value : null;
}

export function systemAppearance(): Appearance {
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** The colour that a custom property of `theme.css` has at this moment, for what paints on canvas. */
export function cssColor(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
