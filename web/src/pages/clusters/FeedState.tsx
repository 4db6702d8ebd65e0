import { useTranslation } from 'react-i18next';
import type { Cluster, Health } from '../../api/types';
import { HealthMark } from '../../components/Health';
import { useWord } from '../../i18n';

const HEALTH: Record<Cluster['state'], Health> = {
  CONNECTING: 'progressing',
  SYNCING: 'progressing',
  LIVE: 'healthy',
  DOWN: 'failing',
  UNAVAILABLE: 'suspended',
};

/** How well something can be heard, in a word and a mark. */
export function FeedState({ state }: { state: Cluster['state'] }) {
  const { t } = useTranslation();
  const text = t(`feed.${state}`);
  return (
    <span className="health" data-state={HEALTH[state]}>
      <HealthMark state={HEALTH[state]} title={text} />
      <span className="health-word">{text}</span>
    </span>
  );
}

/** What helps against a reason why a cluster cannot be heard; blank where nothing is known. */
export function useHelp(): (reason: string) => string {
  const word = useWord();
  return (reason) => {
    const help = word('feedHelp', reason);
    return help === reason ? '' : help;
  };
}
