import { CopyOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';

/** Copies a text, and says whether the browser let it. */
export function CopyButton({ what, text }: { what: string; text: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      void message.success(t('copy.done'));
    } catch {
      void message.warning(t('copy.failed'));
    }
  };
  return (
    <Button
      size="small"
      icon={<CopyOutlined />}
      aria-label={t('copy.copyOf', { what })}
      onClick={() => void copy()}
    >
      {t('copy.copy')}
    </Button>
  );
}
