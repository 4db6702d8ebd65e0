import {
  ApartmentOutlined,
  ClockCircleOutlined,
  FileTextOutlined,
  LineChartOutlined,
} from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Problem } from '../../api/client';
import { useEntity } from '../../api/discovery';
import type { EntityDetail, EntityRow } from '../../api/types';
import { Ago } from '../../components/Ago';
import { shownType } from '../../components/EntityLink';
import { Failure } from '../../components/Failure';
import { Health } from '../../components/Health';
import { Loading } from '../../components/Loading';
import { TimeSlider } from '../../components/TimeSlider';
import { pathOf, useAt, useEntityAddress, withQuery } from '../../discovery/address';
import { useLanguage } from '../../i18n';
import { Containers } from './Containers';
import { EntityTimeline } from './EntityTimeline';
import { Facts } from './Facts';
import { ObjectText } from './ObjectText';
import { Profile } from './Profile';
import { Relations } from './Relations';

/** Everything that is known of one entity: how it is, what it is, what it hangs on, what happened. */
export function Component() {
  const { t } = useTranslation();
  const lang = useLanguage();
  const address = useEntityAddress();
  const at = useAt();
  const entity = useEntity(address, at, lang);
  return (
    <div className="stack">
      <title>{`${address.name} · Bridgewatch`}</title>
      <Link
        className="small"
        to={withQuery(`/inventory/${address.type}`, {
          cluster: address.cluster,
          namespace: address.namespace,
          at,
        })}
      >
        {t('entity.toList')}
      </Link>
      {entity.data && <Head row={entity.data.entity} at={at} />}
      <TimeSlider cluster={address.cluster} />
      {entity.isPending && <Loading />}
      {entity.isError && !entity.data && (
        <Gone error={entity.error} name={address.name} onRetry={() => void entity.refetch()} />
      )}
      {entity.isError && entity.data && (
        <Failure error={entity.error} onRetry={() => void entity.refetch()} />
      )}
      {entity.data && <Sections detail={entity.data} at={at} />}
    </div>
  );
}

function Head({ row, at }: { row: EntityRow; at: string }) {
  const { t } = useTranslation();
  const { health } = row;
  return (
    <header className="entity-head" data-state={health.state}>
      <div>
        <span className="quiet">
          {[shownType(row), row.cluster, row.namespace, row.pod].filter(Boolean).join(' · ')}
        </span>
        <h1>{row.name}</h1>
        <p className="entity-health">
          <Health health={health} reason={false} />
          {health.reason !== '' && <strong>{health.reason}</strong>}
          {health.since && (
            <span className="quiet">
              {t('common.since')} <Ago value={health.since} {...(at ? { until: at } : {})} />
            </span>
          )}
          <span>{health.message}</span>
        </p>
      </div>
      <div className="incident-actions">
        <Link to={pathOf('/map', row, at)}>
          <Button icon={<ApartmentOutlined />}>{t('entity.toMap')}</Button>
        </Link>
        <Link to={pathOf('/explore', row, at)}>
          <Button icon={<LineChartOutlined />}>{t('signals.page.explore')}</Button>
        </Link>
        <Link to={pathOf('/logs', row, at)}>
          <Button icon={<FileTextOutlined />}>{t('signals.page.logs')}</Button>
        </Link>
        <Link to={withQuery('/timeline', { cluster: row.cluster, near: row.id, hops: '2' })}>
          <Button icon={<ClockCircleOutlined />}>{t('entity.toTimeline')}</Button>
        </Link>
      </div>
    </header>
  );
}

function Sections({ detail, at }: { detail: EntityDetail; at: string }) {
  const { entity } = detail;
  return (
    <>
      {entity.type === 'pod' && <Containers containers={detail.containers} at={at} />}
      <Profile entity={entity} />
      <div className="entity-columns">
        <Facts attributes={entity.attributes} />
        <Relations relations={detail.relations} />
      </div>
      <EntityTimeline entity={entity} at={at} />
      <ObjectText entity={entity} />
    </>
  );
}

/** An entity that is not there is often one that was; what happened to it is still known. */
function Gone({ error, name, onRetry }: { error: unknown; name: string; onRetry: () => void }) {
  const { t } = useTranslation();
  const address = useEntityAddress();
  const gone = error instanceof Problem && error.status === 404;
  return (
    <>
      <h1>{name}</h1>
      <Failure error={error} onRetry={onRetry} />
      {gone && address.type !== '' && (
        <p>
          {t('entity.gone')}{' '}
          <Link to={withQuery('/timeline', { cluster: address.cluster, q: name, last: '10080' })}>
            {t('entity.goneAction')}
          </Link>
        </p>
      )}
    </>
  );
}
