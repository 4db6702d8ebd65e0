import { CheckOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Drawer, Popconfirm, Tag } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useClusterRemoval, useClusters } from '../../api/discovery';
import { useSession } from '../../api/queries';
import type { Cluster } from '../../api/types';
import { Ago, useNow } from '../../components/Ago';
import { Failure, useExplanation } from '../../components/Failure';
import { Loading } from '../../components/Loading';
import { NoClusters } from '../../components/NoClusters';
import { useAddress, withQuery } from '../../discovery/address';
import { formatNumber } from '../../format/value';
import { AuditWebhook } from './AuditWebhook';
import { ClusterKinds } from './ClusterKinds';
import { FeedState, useHelp } from './FeedState';
import { RegisterCluster } from './RegisterCluster';
import { Storage } from './Storage';

/** Which clusters are watched, how well they can be heard, and what helps where they cannot. */
export function Component() {
  const { t } = useTranslation();
  const clusters = useClusters();
  const session = useSession();
  const { of, patch } = useAddress();
  const admin = session.data?.roles.includes('ADMIN') ?? false;
  const [replaced, setReplaced] = useState<Cluster | null>(null);
  const items = clusters.data?.items ?? [];
  const shown = items.find(({ name }) => name === of('kinds'));
  const webhook = admin ? items.find(({ name }) => name === of('webhook')) : undefined;
  const registering = admin && (of('register') !== '' || replaced !== null);
  const done = () => {
    setReplaced(null);
    patch({ register: null });
  };

  return (
    <div className="stack">
      <title>{`${t('clusters.title')} · Bridgewatch`}</title>
      <div className="page-head">
        <h1>{t('clusters.title')}</h1>
        {admin && (
          <Button
            className="push"
            icon={<PlusOutlined />}
            onClick={() => patch({ register: 'true' })}
          >
            {t('clusters.register')}
          </Button>
        )}
      </div>
      {clusters.isPending && <Loading />}
      {clusters.isError && (
        <Failure error={clusters.error} onRetry={() => void clusters.refetch()} />
      )}
      {clusters.data && items.length === 0 && <NoClusters />}
      <ul className="stack">
        {items.map((cluster) => (
          <ClusterCard
            key={cluster.name}
            cluster={cluster}
            admin={admin}
            onKinds={() => patch({ kinds: cluster.name })}
            onReplace={() => setReplaced(cluster)}
            onWebhook={() => patch({ webhook: cluster.name })}
          />
        ))}
      </ul>
      <Storage />
      <Drawer
        open={shown !== undefined}
        onClose={() => patch({ kinds: null })}
        size={720}
        title={shown && t('clusters.kindsOf', { name: shown.name })}
      >
        {shown && <ClusterKinds cluster={shown} />}
      </Drawer>
      <Drawer
        open={webhook !== undefined}
        onClose={() => patch({ webhook: null })}
        size={720}
        destroyOnHidden
        title={webhook && t('webhook.title', { name: webhook.name })}
      >
        {webhook && <AuditWebhook key={webhook.name} cluster={webhook} />}
      </Drawer>
      <Drawer
        open={registering}
        onClose={done}
        size={560}
        destroyOnHidden
        title={replaced ? t('clusters.replaceOf', { name: replaced.name }) : t('clusters.register')}
      >
        <RegisterCluster replaced={replaced} onDone={done} />
      </Drawer>
    </div>
  );
}

function ClusterCard({
  cluster,
  admin,
  onKinds,
  onReplace,
  onWebhook,
}: {
  cluster: Cluster;
  admin: boolean;
  onKinds: () => void;
  onReplace: () => void;
  onWebhook: () => void;
}) {
  const { t, i18n } = useTranslation();
  const help = useHelp();
  const { name, counts } = cluster;
  const sick = cluster.kinds.filter(({ state }) => state === 'DOWN' || state === 'UNAVAILABLE');
  const inventory = (type: string) => withQuery(`/inventory/${type}`, { cluster: name });
  return (
    <li className="panel cluster" aria-label={name} data-state={cluster.state}>
      <div className="cluster-head">
        <FeedState state={cluster.state} />
        <h2>{name}</h2>
        <span className="quiet small">
          {t('common.since')} <Ago value={cluster.since} />
        </span>
        <span className="quiet small mono">{cluster.apiUrl}</span>
        <Tag>{t(`clusters.${cluster.source}`)}</Tag>
        <span className="push cluster-actions">
          <Button size="small" onClick={onKinds}>
            {t('clusters.kinds', { count: cluster.kinds.length })}
            {sick.length > 0 && ` · ${t('clusters.sick', { count: sick.length })}`}
          </Button>
          {admin && (
            <Button
              size="small"
              icon={cluster.auditWebhook ? <CheckOutlined /> : undefined}
              onClick={onWebhook}
            >
              {t('clusters.webhook')}
            </Button>
          )}
          {admin && cluster.source === 'REGISTERED' && (
            <>
              <Button size="small" onClick={onReplace}>
                {t('clusters.replace')}
              </Button>
              <Removal name={name} />
            </>
          )}
        </span>
      </div>
      {cluster.reason !== '' && (
        <div className="cluster-trouble" role="status">
          <strong>{cluster.reason}</strong> <span>{help(cluster.reason)}</span>
          <p className="quiet small">{cluster.detail}</p>
        </div>
      )}
      {cluster.pipeline.storeTrouble && (
        <div className="cluster-trouble" role="status">
          <strong>{t('clusters.storeTrouble')}</strong>
          <p className="quiet small">{cluster.pipeline.storeTrouble}</p>
        </div>
      )}
      <dl className="figures">
        <div data-bad={cluster.troubles > 0}>
          <dt>{t('clusters.troubles')}</dt>
          <dd>
            <Link
              to={withQuery('/inventory', { cluster: name, health: 'failing,degraded' })}
              aria-label={t('clusters.showTroubles', { count: cluster.troubles })}
            >
              {cluster.troubles.toLocaleString(i18n.language)}
            </Link>
          </dd>
        </div>
        {(
          [
            ['nodes', counts.nodes, inventory('node')],
            ['namespaces', counts.namespaces, inventory('namespace')],
            ['workloads', counts.workloads, inventory('deployment')],
            ['pods', counts.pods, inventory('pod')],
            ['services', counts.services, inventory('kubernetes-service')],
          ] as const
        ).map(([what, count, to]) => (
          <div key={what}>
            <dt>{t(`clusters.${what}`)}</dt>
            <dd>
              <Link to={to}>{count.toLocaleString(i18n.language)}</Link>
            </dd>
          </div>
        ))}
      </dl>
      <PipelineFigures cluster={cluster} />
    </li>
  );
}

/** How what is heard becomes known: how fast, how late, what could not be used. */
function PipelineFigures({ cluster }: { cluster: Cluster }) {
  const { t, i18n } = useTranslation();
  const { pipeline } = cluster;
  const rate = useRate(pipeline.observed);
  const lang = i18n.language;
  return (
    <dl className="cluster-pipeline small">
      <div>
        <dt>{t('clusters.rate')}</dt>
        <dd>
          {rate === null
            ? t('common.none')
            : t('clusters.perSecond', { count: formatNumber(rate, lang) })}
        </dd>
      </div>
      <div>
        <dt>{t('clusters.observed')}</dt>
        <dd>{pipeline.observed.toLocaleString(lang)}</dd>
      </div>
      <div>
        <dt>{t('clusters.changes')}</dt>
        <dd>{pipeline.changes.toLocaleString(lang)}</dd>
      </div>
      <div data-bad={pipeline.queued > pipeline.queueCapacity / 2}>
        <dt>{t('clusters.queue')}</dt>
        <dd>
          {pipeline.queued.toLocaleString(lang)} / {pipeline.queueCapacity.toLocaleString(lang)}
        </dd>
      </div>
      <div data-bad={pipeline.lagSeconds > 2}>
        <dt>{t('clusters.lag')}</dt>
        <dd>{t('clusters.seconds', { count: formatNumber(pipeline.lagSeconds, lang) })}</dd>
      </div>
      <div data-bad={pipeline.rejected > 0}>
        <dt>{t('clusters.rejected')}</dt>
        <dd>{pipeline.rejected.toLocaleString(lang)}</dd>
      </div>
      <div>
        <dt>{t('clusters.asOf')}</dt>
        <dd>{cluster.asOf === null ? t('common.none') : <Ago value={cluster.asOf} />}</dd>
      </div>
    </dl>
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

function Removal({ name }: { name: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const explain = useExplanation();
  const removal = useClusterRemoval();
  return (
    <Popconfirm
      title={t('clusters.removeSure', { name })}
      description={t('clusters.removeHelp')}
      okText={t('clusters.remove')}
      onConfirm={() =>
        removal.mutate(name, { onError: (error) => void message.error(explain(error)) })
      }
    >
      <Button size="small" danger loading={removal.isPending}>
        {t('clusters.remove')}
      </Button>
    </Popconfirm>
  );
}
