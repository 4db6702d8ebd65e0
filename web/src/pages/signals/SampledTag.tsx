import { Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Sampled } from '../../api/types';
import { formatNumber } from '../../format/value';
import { useLanguage } from '../../i18n';

/** Why a trace was kept while not all were, and how many it stands for. */
export function SampledTag({ sampled }: { sampled: Sampled | null }) {
  const { t } = useTranslation();
  const lang = useLanguage();
  if (sampled === null) return null;
  const weight = formatNumber(sampled.weight, lang);
  return (
    <Tooltip title={t('sampling.weight', { weight })}>
      <Tag>
        {t(`sampling.reasons.${sampled.reason}`)} ×{weight}
      </Tag>
    </Tooltip>
  );
}
