import { useTranslation } from 'react-i18next';
import { formatClock, formatTime, formatUtc } from '../format/time';

/** A moment in the viewer's zone; UTC on hover and for machines. */
export function Time({ value, clock = false }: { value: string; clock?: boolean }) {
  const { i18n } = useTranslation();
  return (
    <time dateTime={value} title={formatUtc(value)}>
      {clock ? formatClock(value, i18n.language) : formatTime(value, i18n.language)}
    </time>
  );
}
