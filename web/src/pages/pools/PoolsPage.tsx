import { Input, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useOwners, usePools } from '../../api/discovery';
import type { Resources } from '../../api/types';
import { ClusterSelect } from '../../components/ClusterSelect';
import { EmptyState } from '../../components/EmptyState';
import { Failure } from '../../components/Failure';
import { Loading } from '../../components/Loading';
import { NoClusters, useNoClusters } from '../../components/NoClusters';
import { TimeSlider } from '../../components/TimeSlider';
import { useAddress, withQuery } from '../../discovery/address';
import { useLanguage } from '../../i18n';
import { Amounts } from './Amounts';
import { PlacementForm } from './PlacementForm';

const OF_NODES = ['pool', 'arch', 'zone', 'node-label'] as const;
const OF_OWNERS = ['team', 'application', 'namespace'] as const;
type By = (typeof OF_NODES)[number] | (typeof OF_OWNERS)[number];

interface Group {
  cluster: string;
  name: string;
  nodes: number;
  readyNodes?: number;
  capacity?: Resources;
  allocatable?: Resources;
  requests: Resources;
  limits: Resources;
  pods: number;
  unrequested: number;
  troubled: number;
}

/** What there is, who asks for how much of it, and what fits where. */
export function Component() {
  const { t } = useTranslation();
  const lang = useLanguage();
  const { of, patch } = useAddress();
  const none = useNoClusters();
  const cluster = of('cluster');
  const at = of('at');
  const by = byOf(of('by'));
  const label = of('label');
  const ofNodes = isOfNodes(by);
  const ready = by !== 'node-label' || label !== '';
  const pools = usePools({ cluster, by, label, at }, ofNodes && ready);
  const owners = useOwners({ cluster, by, at }, !ofNodes);
  const answer = ofNodes ? pools : owners;
  const groups: Group[] = answer.data?.items ?? [];

  return (
    <div className="stack">
      <title>{`${t('pools.title')} · Bridgewatch`}</title>
      <div className="page-head">
        <h1>{t('pools.title')}</h1>
        <ClusterSelect value={cluster} onChange={(next) => patch({ cluster: next })} />
        <Segmented<By>
          aria-label={t('pools.by')}
          value={by}
          onChange={(next) => patch({ by: next, label: null })}
          options={[...OF_NODES, ...OF_OWNERS].map((value) => ({
            value,
            label: t(`pools.${value}`),
          }))}
        />
        {by === 'node-label' && (
          <LabelBox key={label} value={label} onChange={(next) => patch({ label: next })} />
        )}
      </div>
      {none ? (
        <NoClusters />
      ) : (
        <>
          <TimeSlider cluster={cluster} />
          {!ready && <p className="panel quiet">{t('pools.labelHelp')}</p>}
          {ready && answer.isPending && <Loading />}
          {answer.isError && <Failure error={answer.error} onRetry={() => void answer.refetch()} />}
          {answer.data && ready && groups.length === 0 && (
            <EmptyState title={t('pools.noneTitle')} text={t('pools.noneText')} />
          )}
          <ul className="pools">
            {ready &&
              groups.map((group) => (
                <GroupCard
                  key={`${group.cluster} ${group.name}`}
                  group={group}
                  by={by}
                  lang={lang}
                  at={at}
                />
              ))}
          </ul>
          {at === '' && <PlacementForm />}
        </>
      )}
    </div>
  );
}

function byOf(text: string): By {
  return [...OF_NODES, ...OF_OWNERS].find((by) => by === text) ?? 'pool';
}

function isOfNodes(by: By): by is (typeof OF_NODES)[number] {
  return OF_NODES.some((one) => one === by);
}

function LabelBox({ value, onChange }: { value: string; onChange: (label: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  return (
    <Input
      className="search"
      aria-label={t('pools.label')}
      placeholder="topology.kubernetes.io/zone"
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onPressEnter={() => onChange(typed.trim())}
      onBlur={() => onChange(typed.trim())}
    />
  );
}

function GroupCard({ group, by, lang, at }: { group: Group; by: By; lang: string; at: string }) {
  const { t } = useTranslation();
  const number = (count: number) => count.toLocaleString(lang);
  const filter =
    by === 'team' || by === 'application' || by === 'namespace' ? { [by]: group.name } : {};
  const owned = Object.keys(filter).length > 0 && group.name !== '';
  return (
    <li className="panel pool" aria-label={group.name || t('pools.rest')}>
      <div className="section-head">
        <h2>{group.name || t('pools.rest')}</h2>
        <span className="quiet small">{group.cluster}</span>
        <span className="push small">
          {group.readyNodes === undefined
            ? t('pools.onNodes', { count: group.nodes })
            : t('pools.readyNodes', { ready: number(group.readyNodes), count: group.nodes })}
          {' · '}
          {owned ? (
            <Link to={withQuery('/inventory/pod', { cluster: group.cluster, ...filter, at })}>
              {t('pools.pods', { count: group.pods })}
            </Link>
          ) : (
            t('pools.pods', { count: group.pods })
          )}
          {group.troubled > 0 && (
            <>
              {' · '}
              {owned ? (
                <Link
                  className="bad"
                  to={withQuery('/inventory', {
                    cluster: group.cluster,
                    ...filter,
                    health: 'failing,degraded',
                    at,
                  })}
                >
                  {t('pools.troubled', { count: group.troubled })}
                </Link>
              ) : (
                <span className="bad">{t('pools.troubled', { count: group.troubled })}</span>
              )}
            </>
          )}
        </span>
      </div>
      <Amounts
        resource="cpu"
        lang={lang}
        capacity={group.capacity?.cpu}
        allocatable={group.allocatable?.cpu}
        requests={group.requests.cpu}
        limits={group.limits.cpu}
      />
      <Amounts
        resource="memory"
        lang={lang}
        capacity={group.capacity?.memory}
        allocatable={group.allocatable?.memory}
        requests={group.requests.memory}
        limits={group.limits.memory}
      />
      {group.allocatable && (
        <Amounts
          resource="pods"
          lang={lang}
          capacity={group.capacity?.pods}
          allocatable={group.allocatable.pods}
          requests={group.pods}
        />
      )}
      {group.unrequested > 0 && (
        <p className="quiet small">{t('pools.unrequested', { count: group.unrequested })}</p>
      )}
    </li>
  );
}
