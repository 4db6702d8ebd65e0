import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useScalingWaves } from '../../api/scaling';
import type { ScalingWaveGroup, WaveMember } from '../../api/types';
import { Failure } from '../../components/Failure';
import { useAddress, withQuery } from '../../discovery/address';
import { Score } from './Score';

/** Workloads that are alike: the pilot that goes first, and the waves that follow what it teaches. */
export function Waves({ cluster }: { cluster: string }) {
  const { t } = useTranslation();
  const waves = useScalingWaves(cluster);
  if (waves.isError) {
    return <Failure error={waves.error} onRetry={() => void waves.refetch()} />;
  }
  if (!waves.data || waves.data.items.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="waves">
      <h2 id="waves">{t('waves.title')}</h2>
      <p className="quiet">{t('waves.intro')}</p>
      {waves.data.items.map((group) => (
        <Group key={`${group.pilot.namespace}/${group.pilot.name}`} group={group} />
      ))}
    </section>
  );
}

function Group({ group }: { group: ScalingWaveGroup }) {
  const { t } = useTranslation();
  return (
    <div className="panel stack">
      <h3>{group.platform === '' ? t('waves.unknown') : group.platform}</h3>
      <dl className="waves">
        <dt>{t('waves.pilot')}</dt>
        <dd>
          <Member member={group.pilot} />
        </dd>
        {group.waves.map((wave, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a wave is known by its place
          <div key={index}>
            <dt>{t('waves.wave', { number: index + 1 })}</dt>
            <dd>
              {wave.map((member) => (
                <Member key={`${member.namespace}/${member.name}`} member={member} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Member({ member }: { member: WaveMember }) {
  const { t } = useTranslation();
  const { of } = useAddress();
  return (
    <span className="nowrap">
      <Link
        to={withQuery('/scaling', {
          cluster: of('cluster'),
          namespace: member.namespace,
          kind: member.kind,
          name: member.name,
        })}
      >
        {member.namespace}/{member.name}
      </Link>{' '}
      <Score value={member.score} gaps={0} />{' '}
      {member.mode !== null && <Tag>{t(`scalingMode.${member.mode}`)}</Tag>}
    </span>
  );
}
