import { useTranslation } from 'react-i18next';
import type { EntityDetail, RelationList } from '../../api/types';
import { EntityLink } from '../../components/EntityLink';

type Related = RelationList['items'];

/** What it hangs on and what hangs on it, by the sort of relation. */
export function Relations({ relations }: { relations: EntityDetail['relations'] }) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="relations">
      <h2 id="relations">{t('entity.relations')}</h2>
      <div className="panel stack">
        <Direction title={t('entity.outward')} list={relations.out} />
        <Direction title={t('entity.inward')} list={relations.in} />
      </div>
    </section>
  );
}

function Direction({ title, list }: { title: string; list: RelationList }) {
  const { t, i18n } = useTranslation();
  const types = new Map<string, Related>();
  for (const one of list.items) {
    const key = `${one.typeText}`;
    types.set(key, [...(types.get(key) ?? []), one]);
  }
  return (
    <section aria-label={title} className="stack-tight">
      <h3 className="small">
        {title} <span className="quiet">{list.total.toLocaleString(i18n.language)}</span>
      </h3>
      {list.total === 0 && <p className="quiet small">{t('entity.noRelations')}</p>}
      {[...types].map(([type, related]) => (
        <div key={type} className="relation-type">
          <span className="quiet small">{type}</span>
          <ul className="relation-list">
            {related.map(({ entity }) => (
              <li key={`${entity.cluster} ${entity.id}`}>
                <EntityLink head={entity} />
              </li>
            ))}
          </ul>
        </div>
      ))}
      {list.total > list.items.length && (
        <p className="quiet small">
          {t('entity.moreRelations', {
            count: (list.total - list.items.length).toLocaleString(i18n.language),
          })}
        </p>
      )}
    </section>
  );
}
