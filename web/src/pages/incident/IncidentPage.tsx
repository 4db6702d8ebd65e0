import { DownloadOutlined, LinkOutlined } from '@ant-design/icons';
import { Alert, App, Button } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams, useSearchParams } from 'react-router';
import { bundleUrl, Problem, reportUrl } from '../../api/client';
import { useIncident } from '../../api/queries';
import type { Incident, IncidentState, LiveIncident, RuledOut } from '../../api/types';
import { Confidence } from '../../components/Confidence';
import { Entity } from '../../components/Entity';
import { Failure } from '../../components/Failure';
import { IncidentStatus } from '../../components/IncidentStatus';
import { Loading } from '../../components/Loading';
import { Time } from '../../components/Time';
import { viewerZone } from '../../format/time';
import { useLanguage, useWord } from '../../i18n';
import { NotFoundPage } from '../NotFoundPage';
import { CallMapPanel } from './CallMapPanel';
import { Causes, evidenceKey } from './Causes';
import { chartOf } from './entities';
import { SeriesChart } from './SeriesChart';
import { Symptoms } from './Symptoms';
import { Timeline } from './Timeline';

export function Component() {
  const { id = '' } = useParams();
  const incident = useIncident(id, useLanguage());
  if (incident.isPending) {
    return (
      <div className="stack">
        <Loading rows={3} />
        <Loading rows={10} />
      </div>
    );
  }
  if (incident.isError && !incident.data) {
    const gone = incident.error instanceof Problem && incident.error.status === 404;
    return gone ? (
      <NotFoundPage />
    ) : (
      <Failure error={incident.error} onRetry={() => void incident.refetch()} />
    );
  }
  return <IncidentView key={id} incident={incident.data} />;
}

/** One incident, top to bottom in the order of the questions: what, how sure, why, by what evidence. */
export function IncidentView({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const [parameters, setParameters] = useSearchParams();
  const linkedChart = parameters.get('chart');
  const [open, setOpen] = useState<ReadonlySet<string>>(() => firstOpen(incident, linkedChart));
  const [entity, setEntity] = useState<string | null>(null);
  useScrollToLinked(incident, linkedChart);

  const link = useCallback(
    (chart: string | null) =>
      setParameters(
        (before) => {
          const after = new URLSearchParams(before);
          if (chart === null) after.delete('chart');
          else after.set('chart', chart);
          return after;
        },
        { replace: true, preventScrollReset: true },
      ),
    [setParameters],
  );
  const toggle = (key: string, chart: string) => {
    const opening = !open.has(key);
    const next = new Set(open);
    if (opening) next.add(key);
    else next.delete(key);
    setOpen(next);
    link(opening ? chart : null);
  };
  const showInGrid = (chart: string) => {
    link(chart);
    scrollTo(`chart-${chart}`);
  };

  return (
    <div className="incident stack">
      <title>{`${incident.title} · Bridgewatch`}</title>
      <Header incident={incident} />
      {incident.insufficientEvidence && <Insufficient {...incident.insufficientEvidence} />}
      <Symptoms symptoms={incident.symptoms} charts={incident.charts} onShowChart={showInGrid} />
      <div className="incident-columns">
        <div className="stack">
          <Causes incident={incident} open={open} onToggle={toggle} />
        </div>
        <div className="stack">
          <CallMapPanel incident={incident} />
          <RuledOutList ruledOut={incident.ruledOut} />
        </div>
      </div>
      <Timeline
        entries={incident.timeline}
        onset={incident.onset}
        entity={entity}
        onEntity={setEntity}
      />
      <section aria-labelledby="charts">
        <h2 id="charts">{t('incident.charts')}</h2>
        {incident.charts.length === 0 && <p className="panel quiet">{t('chart.empty')}</p>}
        <div className="chart-grid">
          {incident.charts.map((chart) => (
            <div className="panel" key={chart.id} id={`chart-${chart.id}`} tabIndex={-1}>
              <SeriesChart
                chart={chart}
                window={incident.window}
                highlighted={chart.id === linkedChart}
              />
            </div>
          ))}
        </div>
      </section>
    </div>
  );
}

/** The evidence behind a linked chart; without a link the strongest evidence that has a chart. */
export function firstOpen(incident: Incident, linkedChart: string | null): ReadonlySet<string> {
  for (const cause of incident.causes) {
    for (const [index, evidence] of cause.evidence.entries()) {
      const chart = chartOf(evidence, incident.charts);
      if (chart && (linkedChart === null || chart.id === linkedChart)) {
        return new Set([evidenceKey(cause.rank, index)]);
      }
    }
  }
  return new Set();
}

/** Once, when the page opens by a deep link: to the cause in the hash, or to the chart in the query. */
function useScrollToLinked(incident: Incident, linkedChart: string | null): void {
  const { hash } = useLocation();
  const [opened] = useState(() => ({ hash, linkedChart }));
  useEffect(() => {
    if (opened.hash) {
      scrollTo(decodeURIComponent(opened.hash.slice(1)));
    } else if (opened.linkedChart) {
      const [key] = firstOpen(incident, opened.linkedChart);
      scrollTo(key ? `cause-${key.split('.')[0]}` : `chart-${opened.linkedChart}`);
    }
  }, [opened, incident]);
}

function scrollTo(id: string): void {
  const target = document.getElementById(id);
  target?.scrollIntoView({ block: 'start' });
  target?.focus({ preventScroll: true });
}

function Header({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const lang = useLanguage();
  const { message } = App.useApp();
  const top = incident.causes[0];

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(window.location.href);
      void message.success(t('common.copied'));
    } catch {
      void message.warning(t('common.copyFailed'));
    }
  };
  return (
    <header className="incident-head">
      <div className="incident-head-text">
        <Link className="quiet small" to="/incidents">
          ‹ {t('incident.back')}
        </Link>
        <h1>{incident.title}</h1>
        <dl className="incident-facts">
          <div>
            <dt>{t('incident.onset')}</dt>
            <dd>
              <Time value={incident.onset} /> <span className="quiet small">{viewerZone()}</span>
            </dd>
          </div>
          {top && (
            <div>
              <dt>{t('incident.confidence')}</dt>
              <dd>
                <Confidence value={top.confidence} />
              </dd>
            </div>
          )}
          <div>
            <dt>{t('incident.window')}</dt>
            <dd>
              <Time clock value={incident.window.from} /> –{' '}
              <Time clock value={incident.window.to} />
            </dd>
          </div>
          {incident.live ? (
            <LiveFacts status={incident.status} live={incident.live} />
          ) : (
            <div>
              <dt>{t('incident.bundle')}</dt>
              <dd>{incident.bundle}</dd>
            </div>
          )}
        </dl>
      </div>
      <div className="incident-actions">
        <Button icon={<LinkOutlined />} onClick={() => void copy()}>
          {t('incident.copyLink')}
        </Button>
        <Button
          icon={<DownloadOutlined />}
          href={reportUrl(incident.id, lang)}
          download={`${incident.id}.json`}
        >
          {t('incident.download')}
        </Button>
        <Button icon={<DownloadOutlined />} href={bundleUrl(incident.bundleDigest)} download>
          {t('incident.downloadBundle')}
        </Button>
      </div>
    </header>
  );
}

function LiveFacts({ status, live }: { status: IncidentState; live: LiveIncident }) {
  const { t } = useTranslation();
  return (
    <>
      <div>
        <dt>{t('incident.status')}</dt>
        <dd>
          <IncidentStatus status={status} live={live} />
        </dd>
      </div>
      <div>
        <dt>{t('incident.cluster')}</dt>
        <dd>
          <Link to={`/incidents?cluster=${encodeURIComponent(live.cluster)}`}>{live.cluster}</Link>
        </dd>
      </div>
      <div>
        <dt>{t('incident.updated')}</dt>
        <dd>
          <Time value={live.updatedAt} />
        </dd>
      </div>
      {live.closedAt && (
        <div>
          <dt>{t('incident.closed')}</dt>
          <dd>
            <Time value={live.closedAt} />
          </dd>
        </div>
      )}
    </>
  );
}

function Insufficient({ missing, sentence }: { missing: string[]; sentence: string }) {
  const { t } = useTranslation();
  const word = useWord();
  return (
    <Alert
      className="insufficient"
      type="warning"
      showIcon
      role="alert"
      title={t('incident.insufficientTitle')}
      description={
        <>
          <p>{sentence}</p>
          <p>
            <span className="quiet">{t('incident.missing')}: </span>
            {missing.map((one) => (
              <span className="layer" key={one}>
                {word('missing', one)}
              </span>
            ))}
          </p>
        </>
      }
    />
  );
}

function RuledOutList({ ruledOut }: { ruledOut: RuledOut[] }) {
  const { t } = useTranslation();
  const word = useWord();
  if (ruledOut.length === 0) return null;
  return (
    <section aria-labelledby="ruled-out">
      <h2 id="ruled-out">{t('incident.ruledOut')}</h2>
      <ul className="panel ruled-out">
        {ruledOut.map((one) => (
          <li key={`${one.type}/${one.name} ${one.reason}`}>
            <div>
              <Entity type={one.type} name={one.name} attributes={one.entity} />
              <span className="layer">{word('ruledOut', one.reason)}</span>
            </div>
            <p>{one.sentence}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
