import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useEntityProfile } from '../../api/discovery';
import type { EntityProfile, EntityRow, KeyMetric, SeenContainer, SeenKind } from '../../api/types';
import { pathOf, withQuery } from '../../discovery/address';
import { useLanguage } from '../../i18n';

/** Types whose containers can be told. */
const TYPES: readonly string[] = [
  'pod',
  'container',
  'deployment',
  'statefulset',
  'daemonset',
  'replicaset',
  'job',
  'cronjob',
  'kubernetes-service',
];

/** What the containers are, why, and which of their metrics to look at first. */
export function Profile({ entity }: { entity: EntityRow }) {
  const known = TYPES.includes(entity.type);
  const profile = useEntityProfile(entity, known);
  if (!known || !profile.data || profile.data.containers.length === 0) return null;
  return <Told profile={profile.data} entity={entity} />;
}

function Told({ profile, entity }: { profile: EntityProfile; entity: EntityRow }) {
  const { t } = useTranslation();
  const owned = entity.type !== 'pod' && entity.type !== 'container';
  return (
    <section aria-labelledby="profile">
      <h2 id="profile">{t('profile.title')}</h2>
      <div className="panel stack">
        {owned && <p className="quiet small">{t('profile.ofPod', { pod: profile.pod })}</p>}
        {profile.containers.map((container) => (
          <Container key={container.container} container={container} entity={entity} />
        ))}
        <p className="quiet small">{t('profile.override', { annotation: profile.annotation })}</p>
      </div>
    </section>
  );
}

function Container({ container, entity }: { container: SeenContainer; entity: EntityRow }) {
  const { t } = useTranslation();
  const { seen, signals, chosen } = container;
  return (
    <section aria-label={container.container} className="stack-tight">
      <h3 className="small">{container.container}</h3>
      {chosen === 'ANNOTATION_UNKNOWN' && <p>{t('profile.annotationUnknown')}</p>}
      {seen.length === 0 && (
        <p className="quiet">
          {t(chosen === 'BY_ANNOTATION' ? 'profile.noneWanted' : 'profile.notKnown')}
        </p>
      )}
      {seen.map((kind) => (
        <Why key={kind.kind} kind={kind} />
      ))}
      {signals.length > 0 && <KeyMetrics signals={signals} entity={entity} />}
    </section>
  );
}

/** Such as: Seen as PostgreSQL (98%) because image postgres:16, port 5432, metric pg_up. */
function Why({ kind }: { kind: SeenKind }) {
  const { t } = useTranslation();
  const lang = useLanguage();
  const list = new Intl.ListFormat(lang, { type: 'unit', style: 'short' });
  const evidence = kind.evidence.map(({ source, found }) =>
    t(`profile.source.${source}`, { found }),
  );
  return (
    <p>
      {t('profile.seenAs', {
        title: kind.title,
        confidence: new Intl.NumberFormat(lang, { style: 'percent' }).format(kind.confidence),
        evidence: list.format(evidence),
      })}
    </p>
  );
}

function KeyMetrics({ signals, entity }: { signals: KeyMetric[]; entity: EntityRow }) {
  const { t } = useTranslation();
  const present = signals.filter(({ names }) => names.length > 0);
  return (
    <>
      <p className="quiet small">
        {present.length === 0
          ? t('profile.noKeyMetrics')
          : t('profile.keyMetrics', { count: present.length })}
      </p>
      {present.length > 0 && (
        <dl className="fact-list">
          {present.map(({ tells, metric, names }) => (
            <div key={metric}>
              <dt>{t(`golden.${tells}`)}</dt>
              <dd>
                <Link to={exploring(entity, names[0] ?? metric)}>{names[0] ?? metric}</Link>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

function exploring(entity: EntityRow, metric: string): string {
  const path = pathOf('/explore', entity, '');
  return `${path}${path.includes('?') ? '&' : '?'}${withQuery('', { metric }).slice(1)}`;
}
