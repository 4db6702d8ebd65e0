import { useTranslation } from 'react-i18next';
import { formatShare } from '../format/value';
import { Bar } from './Bar';

export type ConfidenceGrade = 'high' | 'moderate' | 'low';

export function gradeOf(confidence: number): ConfidenceGrade {
  if (confidence >= 0.7) return 'high';
  return confidence >= 0.4 ? 'moderate' : 'low';
}

/** A confidence as bar, share and word, so that it reads without colour. */
export function Confidence({ value, compact = false }: { value: number; compact?: boolean }) {
  const { t, i18n } = useTranslation();
  const grade = gradeOf(value);
  const share = formatShare(value, i18n.language);
  return (
    <span className="confidence" data-grade={grade} title={t('incident.confidenceHelp')}>
      <Bar share={value} label={`${t('incident.confidence')}: ${share}`} />
      <span className="confidence-share">{share}</span>
      {!compact && <span className="confidence-grade">{t(`incident.${grade}`)}</span>}
    </span>
  );
}
