import { Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFurther, useHappenings } from '../../api/discovery';
import type { EntityRow } from '../../api/types';
import { Failure } from '../../components/Failure';
import { Happenings } from '../../components/Happenings';
import { Loading } from '../../components/Loading';
import { withQuery } from '../../discovery/address';
import { momentOf } from '../../discovery/moments';
import { useLanguage } from '../../i18n';

const DAY_MILLIS = 86_400_000;

/** What so many share that what happened near it says little about it. */
const SHARED = new Set(['node', 'namespace', 'zone', 'cluster']);

/** What happened to an entity, and to what is near it, in the day before now or a past moment. */
export function EntityTimeline({ entity, at }: { entity: EntityRow; at: string }) {
  const { t } = useTranslation();
  const lang = useLanguage();
  const [chosen, setChosen] = useState<number | null>(null);
  const hops = chosen ?? (SHARED.has(entity.type) ? 0 : 1);
  const end = at === '' ? null : Date.parse(at) + 1000;
  const happenings = useHappenings(
    {
      cluster: entity.cluster,
      from: end === null ? '' : momentOf(end - DAY_MILLIS),
      to: end === null ? '' : momentOf(end),
      what: '',
      change: '',
      q: '',
      near: entity.id,
      hops,
      warning: '',
    },
    end === null ? DAY_MILLIS : null,
    lang,
  );
  const items = useMemo(
    () => happenings.data?.pages.flatMap((page) => page.items) ?? [],
    [happenings.data],
  );
  const further = useFurther(happenings);
  return (
    <section aria-labelledby="timeline">
      <div className="section-head">
        <h2 id="timeline">{t('entity.timeline')}</h2>
        <Segmented
          size="small"
          aria-label={t('happenings.hops')}
          value={hops}
          onChange={(next: number) => setChosen(next)}
          options={[0, 1, 2].map((steps) => ({
            value: steps,
            label: steps === 0 ? t('happenings.itself') : t('happenings.steps', { count: steps }),
          }))}
        />
        <Link
          className="small push"
          to={withQuery('/timeline', {
            cluster: entity.cluster,
            near: entity.id,
            hops: String(hops),
            last: '10080',
          })}
        >
          {t('entity.longer')}
        </Link>
      </div>
      {happenings.isPending && <Loading rows={3} />}
      {happenings.isError && (
        <Failure
          error={happenings.error}
          onRetry={() =>
            happenings.isFetchNextPageError ? further.load() : void happenings.refetch()
          }
        />
      )}
      {happenings.data && items.length === 0 && <p className="panel quiet">{t('entity.calm')}</p>}
      {items.length > 0 && (
        <Happenings label={t('entity.timeline')} items={items} further={further} />
      )}
    </section>
  );
}
