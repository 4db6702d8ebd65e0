import { Alert, Button, Popconfirm } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useIngestClosing, useIngestOpening, usePipeline } from '../../api/pipeline';
import { useSession } from '../../api/queries';
import type {
  ClusterCollection,
  ReasonCount,
  TelemetryFlow,
  TelemetryPipeline,
} from '../../api/types';
import { Ago, useNow } from '../../components/Ago';
import { CopyButton } from '../../components/CopyButton';
import { EmptyState } from '../../components/EmptyState';
import { Failure } from '../../components/Failure';
import { Loading } from '../../components/Loading';
import { Time } from '../../components/Time';
import { formatNumber } from '../../format/value';
import { Sampling } from './Sampling';
import { Targets } from './Targets';

/** How telemetry comes in: how much, how fast, what is not kept and why. */
export function Component() {
  const { t } = useTranslation();
  const pipeline = usePipeline();
  const session = useSession();
  const admin = session.data?.roles.includes('ADMIN') ?? false;
  return (
    <div className="stack">
      <title>{`${t('pipeline.title')} · Bridgewatch`}</title>
      <div className="page-head">
        <h1>{t('pipeline.title')}</h1>
      </div>
      {pipeline.isPending && <Loading />}
      {pipeline.isError && (
        <Failure error={pipeline.error} onRetry={() => void pipeline.refetch()} />
      )}
      {pipeline.data && (
        <>
          <Flows pipeline={pipeline.data} />
          <Sampling pipeline={pipeline.data} />
          {pipeline.data.store && <ExternalStore store={pipeline.data.store} />}
          {pipeline.data.clusters.map((cluster) => (
            <Collected key={cluster.cluster} cluster={cluster} />
          ))}
          {pipeline.data.clusters.length > 0 && <Targets />}
          <Probes probes={pipeline.data.probes} />
          <Ingest pipeline={pipeline.data} admin={admin} />
        </>
      )}
    </div>
  );
}

function Flows({ pipeline }: { pipeline: TelemetryPipeline }) {
  const { t, i18n } = useTranslation();
  const { flows, underWay, mostUnderWay, unreadable } = pipeline;
  return (
    <section className="panel stack" aria-label={t('pipeline.flows')}>
      <h2>{t('pipeline.flows')}</h2>
      {flows.length === 0 ? (
        <EmptyState title={t('pipeline.noFlows')} text={t('pipeline.noFlowsText')} />
      ) : (
        <table className="table">
          <thead>
            <tr>
              {(['source', 'signal', 'rate', 'taken', 'rejected', 'last'] as const).map((what) => (
                <th key={what} scope="col">
                  {t(`pipeline.${what}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {flows.map((flow) => (
              <Flow key={`${flow.source} ${flow.signal}`} flow={flow} />
            ))}
          </tbody>
        </table>
      )}
      <p className="quiet small">
        {t('pipeline.underWay', {
          count: underWay,
          most: mostUnderWay.toLocaleString(i18n.language),
        })}
      </p>
      {unreadable.length > 0 && (
        <p className="small">
          {t('pipeline.unreadable')}: <Reasons counts={unreadable} />
        </p>
      )}
    </section>
  );
}

function Flow({ flow }: { flow: TelemetryFlow }) {
  const { t, i18n } = useTranslation();
  const rate = useRate(flow.taken);
  return (
    <tr>
      <td className="mono">{flow.source}</td>
      <td>{t(`pipeline.${flow.signal}`)}</td>
      <td>{rate === null ? t('common.none') : formatNumber(rate, i18n.language)}</td>
      <td>{flow.taken.toLocaleString(i18n.language)}</td>
      <td data-bad={flow.rejected.length > 0}>
        {flow.rejected.length === 0 ? t('common.none') : <Reasons counts={flow.rejected} />}
      </td>
      <td>{flow.last === null ? t('common.none') : <Ago value={flow.last} />}</td>
    </tr>
  );
}

function Reasons({ counts }: { counts: ReasonCount[] }) {
  const { i18n } = useTranslation();
  return (
    <>
      {counts.map(({ reason, count }, i) => (
        <span key={reason}>
          {i > 0 && ', '}
          <strong>{reason}</strong> ×{count.toLocaleString(i18n.language)}
        </span>
      ))}
    </>
  );
}

function Collected({ cluster }: { cluster: ClusterCollection }) {
  const { t, i18n } = useTranslation();
  const count = (value: number) => value.toLocaleString(i18n.language);
  const { podLogs } = cluster;
  const logFailures = podLogs?.failures ?? [];
  return (
    <section className="panel stack" aria-label={`${t('pipeline.clusters')}: ${cluster.cluster}`}>
      <h2>{cluster.cluster}</h2>
      <dl className="figures">
        <Figure name={t('pipeline.targets')} value={count(cluster.targets)} />
        <Figure
          name={t('pipeline.failing')}
          value={count(cluster.failing)}
          bad={cluster.failing > 0}
        />
        <Figure name={t('pipeline.samples')} value={count(cluster.samples)} />
        {podLogs && (
          <>
            <Figure name={t('pipeline.podLogs')} value={count(podLogs.followed)} />
            <Figure
              name={t('pipeline.waiting')}
              value={count(podLogs.waiting)}
              bad={podLogs.waiting > 0}
            />
            <Figure name={t('pipeline.lines')} value={count(podLogs.lines)} />
          </>
        )}
      </dl>
      {(cluster.failures.length > 0 || logFailures.length > 0) && (
        <p className="small" role="status">
          <Reasons counts={[...cluster.failures, ...logFailures]} />{' '}
          <span className="quiet">{t('pipeline.denied')}</span>
        </p>
      )}
      {cluster.issues.length > 0 && (
        <p className="small">
          {t('pipeline.issues')}: <Reasons counts={cluster.issues} />
        </p>
      )}
    </section>
  );
}

/** The cluster that keeps log lines and spans, and how it does. */
function ExternalStore({ store }: { store: NonNullable<TelemetryPipeline['store']> }) {
  const { t, i18n } = useTranslation();
  const bad = store.health === 'RED' || store.health === 'UNREACHABLE';
  return (
    <section className="panel stack" aria-label={t('pipeline.store')}>
      <h2>{t('pipeline.store')}</h2>
      <p className="mono">
        {store.address} {store.version}
      </p>
      <dl className="figures">
        <Figure name={t('pipeline.health')} value={t(`pipeline.${store.health}`)} bad={bad} />
        <Figure name={t('pipeline.retried')} value={store.retried.toLocaleString(i18n.language)} />
      </dl>
      {store.trouble !== null && (
        <p className="small" role="status">
          {store.trouble}
        </p>
      )}
      {store.rejected.length > 0 && (
        <p className="small">
          {t('pipeline.rejected')}: <Reasons counts={store.rejected} />
        </p>
      )}
      <p className="quiet small">
        {t('pipeline.asOf')} <Ago value={store.asOf} />
      </p>
    </section>
  );
}

/** The checks from end to end, each with its last run. */
function Probes({ probes }: { probes: TelemetryPipeline['probes'] }) {
  const { t, i18n } = useTranslation();
  if (probes.length === 0) return null;
  const seconds = (value: number) => `${formatNumber(value, i18n.language)} s`;
  return (
    <section className="panel stack" aria-label={t('pipeline.probes')}>
      <h2>{t('pipeline.probes')}</h2>
      <table className="table">
        <thead>
          <tr>
            {(['probe', 'last', 'took', 'phases', 'certificate', 'failure'] as const).map(
              (what) => (
                <th key={what} scope="col">
                  {t(`pipeline.${what}`)}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {probes.map(({ name, at, failure, detail, phases, certificateExpires }) => (
            <tr key={name}>
              <td className="mono">{name}</td>
              <td>{at === null ? t('common.none') : <Ago value={at} />}</td>
              <td>{seconds(phases.reduce((sum, phase) => sum + phase.seconds, 0))}</td>
              <td className="small">
                {phases.map((phase) => `${phase.phase} ${seconds(phase.seconds)}`).join(', ')}
              </td>
              <td>
                {certificateExpires === null ? (
                  t('common.none')
                ) : (
                  <Time value={certificateExpires} />
                )}
              </td>
              <td data-bad={failure !== null}>
                {failure === null ? (
                  t('pipeline.ok')
                ) : (
                  <>
                    <strong>{failure}</strong> <span className="quiet small">{detail}</span>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Figure({ name, value, bad = false }: { name: string; value: string; bad?: boolean }) {
  return (
    <div data-bad={bad}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** The token is known here only until the page is left. */
function Ingest({ pipeline, admin }: { pipeline: TelemetryPipeline; admin: boolean }) {
  const { t } = useTranslation();
  const opening = useIngestOpening();
  const closing = useIngestClosing();
  const token = opening.data?.token;
  const { ingestOpen, grpcPort } = pipeline;
  const make = () => {
    closing.reset();
    opening.mutate();
  };
  return (
    <section className="panel stack" aria-label={t('pipeline.ingest')}>
      <h2>{t('pipeline.ingest')}</h2>
      <p className="quiet small">{t('pipeline.ingestPurpose')}</p>
      <p className="quiet small">
        {grpcPort === null ? t('pipeline.noGrpc') : t('pipeline.grpc', { port: grpcPort })}
      </p>
      <p role="status">{t(ingestOpen ? 'pipeline.open' : 'pipeline.closed')}</p>
      {admin && (
        <div className="buttons">
          {ingestOpen ? (
            <>
              <Popconfirm title={t('pipeline.sure')} onConfirm={make}>
                <Button loading={opening.isPending}>{t('pipeline.replace')}</Button>
              </Popconfirm>
              <Popconfirm
                title={t('pipeline.sure')}
                onConfirm={() => {
                  opening.reset();
                  closing.mutate();
                }}
              >
                <Button danger loading={closing.isPending}>
                  {t('pipeline.end')}
                </Button>
              </Popconfirm>
            </>
          ) : (
            <Button loading={opening.isPending} onClick={make}>
              {t('pipeline.make')}
            </Button>
          )}
        </div>
      )}
      {opening.isError && <Failure error={opening.error} onRetry={make} />}
      {closing.isError && <Failure error={closing.error} onRetry={() => closing.mutate()} />}
      {token && (
        <Alert
          type="success"
          title={t('pipeline.once')}
          description={
            <span className="mono">
              {token} <CopyButton what={t('pipeline.token')} text={token} />
            </span>
          }
        />
      )}
    </section>
  );
}

/** How fast a counter grows, by the second, between its last two readings; null before that. */
function useRate(count: number): number | null {
  const now = useNow();
  const seen = useRef({ count, at: now });
  const [rate, setRate] = useState<number | null>(null);
  useEffect(() => {
    const seconds = (now - seen.current.at) / 1000;
    if (seconds < 1) return;
    setRate(Math.max(0, count - seen.current.count) / seconds);
    seen.current = { count, at: now };
  }, [count, now]);
  return rate;
}
