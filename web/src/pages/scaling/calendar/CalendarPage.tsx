import { Alert, Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCalendar, useCalendarChange } from '../../../api/calendar';
import { useSession } from '../../../api/queries';
import type { BusinessCalendar } from '../../../api/types';
import { Failure } from '../../../components/Failure';
import { Loading } from '../../../components/Loading';
import { useAddress } from '../../../discovery/address';
import { ScalingViews } from '../ScalingViews';
import { CalendarForm } from './CalendarForm';
import { type Draft, draftOf } from './draft';

/** What the business knows of its days: holidays, pay days, sales and windows. */
export function Component() {
  const { t } = useTranslation();
  const { of } = useAddress();
  const calendar = useCalendar();
  const change = useCalendarChange();
  const session = useSession();
  const admin = session.data?.roles.includes('ADMIN') ?? false;
  const [draft, setDraft] = useState<Draft | null>(null);
  const { data } = calendar;
  return (
    <div className="stack">
      <title>{`${t('calendar.title')} · Bridgewatch`}</title>
      <div className="page-head">
        <h1>{t('calendar.title')}</h1>
      </div>
      <ScalingViews current="calendar" cluster={of('cluster')} />
      <p className="quiet">{t('calendar.intro')}</p>
      {calendar.isPending && <Loading />}
      {calendar.isError && (
        <Failure error={calendar.error} onRetry={() => void calendar.refetch()} />
      )}
      {data && draft === null && (
        <>
          {data.usual === true && <Alert type="info" showIcon title={t('calendar.usual')} />}
          <Shown calendar={data} />
          {change.isError && <Failure error={change.error} onRetry={() => change.mutate(null)} />}
          {admin && (
            <div className="buttons">
              <Button type="primary" onClick={() => setDraft(draftOf(data))}>
                {t('calendar.change')}
              </Button>
              {data.usual === false && (
                <Popconfirm title={t('calendar.sure')} onConfirm={() => change.mutate(null)}>
                  <Button>{t('calendar.reset')}</Button>
                </Popconfirm>
              )}
            </div>
          )}
        </>
      )}
      {draft !== null && (
        <CalendarForm
          draft={draft}
          onChange={setDraft}
          saving={change.isPending}
          error={change.isError ? change.error : null}
          onSave={(wanted) => change.mutate(wanted, { onSuccess: () => setDraft(null) })}
          onCancel={() => {
            change.reset();
            setDraft(null);
          }}
        />
      )}
    </div>
  );
}

function Shown({ calendar }: { calendar: BusinessCalendar }) {
  const { t, i18n } = useTranslation();
  const time = (value: string) =>
    new Date(value).toLocaleString(i18n.language, { timeZone: calendar.zone });
  const some = (values: readonly (string | number)[]) =>
    values.length === 0 ? <span className="quiet">{t('calendar.none')}</span> : values.join(', ');
  const facts: [string, React.ReactNode][] = [
    [t('calendar.zone'), calendar.zone],
    [t('calendar.weekend'), some(calendar.weekend.map((day) => t(`weekday.${day}`)))],
    [t('calendar.holidays'), some(calendar.holidays)],
    [t('calendar.swapped'), some(calendar.swapped)],
    [t('calendar.payDays'), some(calendar.payDays)],
    [t('calendar.monthEndDays'), calendar.monthEndDays],
  ];
  return (
    <>
      <section className="panel" aria-label={t('calendar.days')}>
        <dl className="lab-facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt className="quiet small">{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section className="panel stack" aria-label={t('calendar.events')}>
        <h2>{t('calendar.events')}</h2>
        {calendar.events.length + calendar.daily.length === 0 ? (
          <p className="quiet">{t('calendar.noEvents')}</p>
        ) : (
          <div className="table-scroll">
            <table className="table">
              <thead>
                <tr>
                  {(['name', 'kind', 'from', 'to'] as const).map((column) => (
                    <th key={column} scope="col">
                      {t(`calendar.${column}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {calendar.events.map((event) => (
                  <tr key={`${event.name} ${event.from}`}>
                    <td className="strong">{event.name}</td>
                    <td>{t(`eventKind.${event.kind}`)}</td>
                    <td>{time(event.from)}</td>
                    <td>{time(event.to)}</td>
                  </tr>
                ))}
                {calendar.daily.map((window) => (
                  <tr key={`${window.name} ${window.from}`}>
                    <td className="strong">{window.name}</td>
                    <td>{t(`eventKind.${window.kind}`)}</td>
                    <td>
                      {t(window.workingDaysOnly ? 'calendar.workdaysAt' : 'calendar.dailyAt', {
                        time: window.from,
                      })}
                    </td>
                    <td>{window.to}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
    </>
  );
}
