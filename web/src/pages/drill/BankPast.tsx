import { Alert, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DrillPast } from '../../api/types';
import { Time } from '../../components/Time';
import { formatNumber } from '../../format/value';

const HOUR_MILLIS = 3_600_000;

/** How far the bank's metrics go back, and how far that is written. */
export function BankPast({ past }: { past: DrillPast }) {
  const { t, i18n } = useTranslation();
  const from = Date.parse(past.from);
  const all = Date.parse(past.to) - from;
  const done = Date.parse(past.reached) - from;
  const hours = (millis: number) => formatNumber(Math.round(millis / HOUR_MILLIS), i18n.language);
  const amounts = { done: hours(done), all: hours(all) };
  switch (past.state) {
    case 'WRITING':
      return (
        <div>
          <p>{t('troubles.pastWriting', amounts)}</p>
          <Progress
            percent={Math.round((100 * done) / Math.max(1, all))}
            aria-label={t('troubles.past')}
          />
        </div>
      );
    case 'WRITTEN':
      return (
        <p className="quiet">
          {t('troubles.pastWritten', amounts)} <Time value={past.from} />
        </p>
      );
    case 'FAILED':
      return <Alert type="warning" showIcon title={t('troubles.pastFailed', amounts)} />;
  }
}
