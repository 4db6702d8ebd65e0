import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';

const GOOD = 90;
const FAIR = 60;

/** How ready a workload is, as a number and in words; colour repeats them. */
export function Score({ value, gaps }: { value: number; gaps: number }) {
  const { t } = useTranslation();
  const colour = value >= GOOD ? 'success' : value >= FAIR ? 'warning' : 'error';
  return (
    <>
      <Tag color={colour}>{t('scaling.score', { value })}</Tag>
      <span className="quiet small">{t('scaling.gaps', { count: gaps })}</span>
    </>
  );
}
