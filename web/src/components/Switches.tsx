import { MoonOutlined, SunOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Language } from '../api/types';
import { chooseLanguage, useLanguage } from '../i18n';
import { useAppearance } from '../theme/theme';

export function LanguageSwitch() {
  const { t } = useTranslation();
  return (
    <Segmented<Language>
      size="small"
      aria-label={t('settings.language')}
      value={useLanguage()}
      onChange={chooseLanguage}
      options={[
        { value: 'zh', label: '中文' },
        { value: 'en', label: 'EN' },
      ]}
    />
  );
}

export function AppearanceSwitch() {
  const { t } = useTranslation();
  const { appearance, choose } = useAppearance();
  const dark = appearance === 'dark';
  const label = dark ? t('settings.toLight') : t('settings.toDark');
  return (
    <Button
      type="text"
      size="small"
      aria-label={label}
      title={label}
      icon={dark ? <SunOutlined /> : <MoonOutlined />}
      onClick={() => choose(dark ? 'light' : 'dark')}
    />
  );
}
