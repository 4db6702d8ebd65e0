import { useTranslation } from 'react-i18next';
import type { HealthState, Health as State } from '../api/types';

/** From worst to best, as people look for trouble. */
export const STATES: readonly State[] = [
  'failing',
  'degraded',
  'progressing',
  'unknown',
  'suspended',
  'completed',
  'healthy',
];

const MARKS: Record<State, { body: string; sign: string }> = {
  failing: { body: 'M5 1h6l4 4v6l-4 4H5l-4-4V5z', sign: 'M5.5 5.5l5 5m0-5l-5 5' },
  degraded: { body: 'M8 1l7.4 13.5H.6z', sign: 'M8 6v4m0 1.8v.4' },
  progressing: { body: 'M8 1a7 7 0 110 14A7 7 0 018 1z', sign: 'M8 4.5V8l2.4 1.6' },
  unknown: { body: 'M8 .5L15.5 8 8 15.5.5 8z', sign: 'M8 4.6v4m0 2v.4' },
  suspended: { body: 'M2 2h12v12H2z', sign: 'M6 5v6m4-6v6' },
  completed: { body: 'M2 2h12v12H2z', sign: 'M4.6 8.2l2.4 2.4 4.4-5' },
  healthy: { body: 'M8 1a7 7 0 110 14A7 7 0 018 1z', sign: 'M4.8 8.2l2.3 2.3 4.2-4.8' },
};

/** A state of health by shape, sign and colour, so that it reads without any one of them. */
export function HealthMark({ state, title }: { state: State; title?: string }) {
  const { t } = useTranslation();
  const { body, sign } = MARKS[state];
  return (
    <svg
      className="health-mark"
      data-state={state}
      viewBox="0 0 16 16"
      width="14"
      height="14"
      role="img"
      aria-label={title ?? t(`health.${state}`)}
    >
      <title>{title ?? t(`health.${state}`)}</title>
      <path d={body} />
      <path d={sign} className="sign" />
    </svg>
  );
}

/** State, and where there is trouble its reason; the message on hover. */
export function Health({ health, reason = true }: { health: HealthState; reason?: boolean }) {
  const { t } = useTranslation();
  const shown = reason && health.reason !== '';
  return (
    <span className="health" data-state={health.state} title={health.message || undefined}>
      <HealthMark state={health.state} />
      <span className="health-word">{shown ? health.reason : t(`health.${health.state}`)}</span>
    </span>
  );
}
