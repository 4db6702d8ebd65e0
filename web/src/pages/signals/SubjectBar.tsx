import { CloseOutlined } from '@ant-design/icons';
import { Button, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { Range, Subject } from '../../api/signals';
import { ClusterSelect } from '../../components/ClusterSelect';
import { EntityPick } from '../../components/EntityPick';
import { TimeSlider } from '../../components/TimeSlider';
import { pathOf, useAddress } from '../../discovery/address';
import { MINUTE } from '../../discovery/moments';
import { formatAge } from '../../format/time';
import { attributesText, signalPath } from './subject';

const LASTS = [5, 15, 60, 360, 1_440] as const;

/** Of what, and of which time, a page shows signals; and the same in the other pages. */
export function SubjectBar({ subject, range }: { subject: Subject; range: Range }) {
  const { t, i18n } = useTranslation();
  const { patch } = useAddress();
  const { pathname } = useLocation();
  const { cluster, type, namespace, name, kind, pod } = subject;
  return (
    <>
      <nav className="page-head" aria-label={t('signals.pages')}>
        {(['/explore', '/logs', '/log-patterns', '/traces'] as const).map((page) => (
          <Link
            key={page}
            className="signal-page"
            to={signalPath(page, subject, range)}
            {...(pathname === page ? { 'aria-current': 'page' as const } : {})}
          >
            {t(`signals.page.${page.slice(1) as 'explore' | 'logs' | 'log-patterns' | 'traces'}`)}
          </Link>
        ))}
      </nav>
      <div className="page-head">
        <ClusterSelect
          value={cluster}
          onChange={(next) => patch({ cluster: next, ...NO_ENTITY })}
        />
        {type === '' ? (
          <EntityPick
            cluster={cluster}
            label={t('signals.pick')}
            value=""
            onChange={(row) =>
              row &&
              patch({
                cluster: row.cluster,
                type: row.type,
                namespace: row.namespace,
                name: row.name,
                kind: row.kind,
                pod: row.pod,
                metric: null,
              })
            }
          />
        ) : (
          <span className="entity subject">
            <span className="entity-type">{type}</span>
            <Link
              className="entity-name"
              to={pathOf('/entity', { cluster, type, namespace, name, kind, pod }, range.at)}
            >
              {name}
            </Link>
            <span className="entity-type">{pod || namespace}</span>
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined />}
              aria-label={t('signals.everything')}
              title={t('signals.everything')}
              onClick={() => patch({ ...NO_ENTITY, metric: null })}
            />
          </span>
        )}
        <Select
          className="filter"
          mode="tags"
          open={false}
          suffixIcon={null}
          aria-label={t('signals.attributes')}
          placeholder={t('signals.attributesHint')}
          value={[...subject.attribute]}
          onChange={(chosen: string[]) => patch({ attribute: attributesText(chosen) })}
        />
        <Segmented<number>
          size="small"
          aria-label={t('signals.last')}
          value={range.minutes}
          onChange={(minutes) => patch({ last: String(minutes) })}
          options={LASTS.map((value) => ({
            value,
            label: formatAge(value * MINUTE, i18n.language),
          }))}
        />
      </div>
      <TimeSlider cluster={cluster} />
    </>
  );
}

const NO_ENTITY = { type: null, namespace: null, name: null, kind: null, pod: null };
