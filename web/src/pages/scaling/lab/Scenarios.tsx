import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { LearnedPolicy } from '../../../api/types';
import { formatNumber, formatShare } from '../../../format/value';

type Scenarios = NonNullable<LearnedPolicy['scenarios']>;
type Scenario = Scenarios['learned'][number];
type Name = Scenario['name'];

/** How many replicas are kept for kinds of days and events, and on what that rests. */
export function ScenarioFloors({ learned }: { learned: LearnedPolicy }) {
  const { t, i18n } = useTranslation();
  const lang = i18n.language;
  const { scenarios, kept } = learned;
  const name = useScenarioName();
  if (scenarios === null) {
    return <p className="quiet">{t('scenarios.nothing')}</p>;
  }
  return (
    <section className="panel stack" aria-label={t('scenarios.title')}>
      <h3>{t('scenarios.title')}</h3>
      <p className="quiet">
        {t(scenarios.calendar === null ? 'scenarios.byLoad' : 'scenarios.byCalendar', {
          zone: scenarios.zone,
        })}{' '}
        <Link to="/scaling/calendar">{t('calendar.title')}</Link>
      </p>
      <p>
        {t(scenarios.used ? 'scenarios.used' : 'scenarios.notUsed', {
          share: formatShare(scenarios.quantile, lang),
        })}{' '}
        {kept !== null && (
          <span className="strong">
            {t('scenarios.now', {
              replicas: formatNumber(kept.replicas, lang),
              name: name(kept.scenario),
            })}
          </span>
        )}
      </p>
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              {(
                ['scenario', 'margin', 'replicas', 'peak', 'restsOn', 'enough', 'cost'] as const
              ).map((column) => (
                <th key={column} scope="col">
                  {t(`scenarios.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {scenarios.learned.map((one) => (
              <tr key={name(one.name)}>
                <td className="strong">{name(one.name)}</td>
                <td className="small">
                  <Margin margin={one.margin} />
                </td>
                <td>
                  <Strip scenario={one} label={name(one.name)} />
                </td>
                <td className="number">{formatNumber(one.peakPerSecond, lang)}/s</td>
                <td title={one.restsOn.join(', ')}>
                  {t('scenarios.days', { count: one.restsOn.length })}
                </td>
                <td className="number">{formatShare(one.enough, lang)}</td>
                <td className="number">{formatNumber(one.cost, lang)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {scenarios.unlearned.length > 0 && (
        <p className="quiet">
          {t('scenarios.unlearned')}{' '}
          {scenarios.unlearned.map((one) => (
            <Tag key={name(one.name)}>
              {t('scenarios.seen', {
                name: name(one.name),
                seen: one.seen.length,
                wanted: one.wanted,
              })}
            </Tag>
          ))}
        </p>
      )}
    </section>
  );
}

/** How much more than the present load is provided for, in percent. */
function Margin({ margin }: { margin: Scenario['margin'] }) {
  const { t, i18n } = useTranslation();
  if (margin === null) {
    return '–';
  }
  const share = (rise: number) => formatShare(Math.expm1(rise), i18n.language);
  return (
    <span className={margin.own ? 'strong' : 'quiet'}>
      {t(margin.own ? 'scenarios.ownMargin' : 'scenarios.usualMargin')}{' '}
      {t('scenarios.errors', { errors: formatNumber(margin.errors, i18n.language) })},{' '}
      {margin.mostRise === null
        ? t('scenarios.anyRise', { least: share(margin.leastRise) })
        : t('scenarios.rises', { least: share(margin.leastRise), most: share(margin.mostRise) })}
    </span>
  );
}

const WIDTH = 192;
const HEIGHT = 28;

/** Replicas of each slot of a day or an event, as bars; told in words for those who cannot see. */
function Strip({ scenario, label }: { scenario: Scenario; label: string }) {
  const { t, i18n } = useTranslation();
  const { replicas } = scenario;
  const least = Math.min(...replicas);
  const most = Math.max(...replicas);
  const text = t('scenarios.range', {
    least: formatNumber(least, i18n.language),
    most: formatNumber(most, i18n.language),
  });
  const width = WIDTH / replicas.length;
  return (
    <span className="scenario-strip">
      <svg width={WIDTH} height={HEIGHT} role="img" aria-label={`${label}: ${text}`}>
        {replicas.map((count, slot) => {
          const height = (HEIGHT * count) / most;
          return (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a slot is its place
              key={slot}
              x={slot * width}
              y={HEIGHT - height}
              width={width}
              height={height}
              fill="var(--accent)"
            />
          );
        })}
      </svg>{' '}
      <span className="small">{text}</span>
    </span>
  );
}

/** What a scenario is called. */
function useScenarioName(): (name: Name) => string {
  const { t } = useTranslation();
  return (name) => {
    if (name.event !== null) return name.event;
    if (name.day !== null) return t(`dayKind.${name.day}`);
    return name.weekdays.length > 0
      ? name.weekdays.map((day) => t(`weekday.${day}`)).join(t('scenarios.comma'))
      : t('scenarios.alike', { day: name.example });
  };
}
