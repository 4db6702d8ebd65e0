import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComparedPolicy, LearnedPolicy } from '../../../api/types';
import { formatNumber } from '../../../format/value';
import { useLanguage } from '../../../i18n';
import { useAppearance } from '../../../theme/theme';
import { lineColour } from '../../signals/linesPlot';
import { drawReplay } from './curves';
import { policyName } from './policyName';

const HEIGHT = 260;

/** One stretch of load, and the replicas that served it under each policy that is chosen. */
export function ReplayChart({
  load,
  policies,
}: {
  load: LearnedPolicy['load'];
  policies: readonly ComparedPolicy[];
}) {
  const { t } = useTranslation();
  const lang = useLanguage();
  const { appearance } = useAppearance();
  const host = useRef<HTMLDivElement>(null);
  const [index, setIndex] = useState<number | null>(null);
  const replay = useMemo(
    () => ({
      from: Date.parse(load.from),
      stepSeconds: load.stepSeconds,
      load: load.perSecond,
      replicas: policies.map((policy) => ({
        name: policyName(policy, t),
        values: policy.ready,
      })),
    }),
    [load, policies, t],
  );
  const labels = useMemo(
    () => ({ x: '', left: t('lab.requestRate'), right: t('lab.replicas') }),
    [t],
  );
  // The colours are read when drawing, so another appearance draws anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: appearance stands for the colours
  useEffect(() => {
    if (!host.current) return;
    return drawReplay(host.current, replay, { height: HEIGHT, lang, labels, onCursor: setIndex });
  }, [replay, lang, labels, appearance]);
  const at = index === null ? null : replay.from + index * replay.stepSeconds * 1000;
  return (
    <figure className="chart" aria-label={t('lab.replay')}>
      <figcaption>
        <span className="chart-signal">{t('lab.replay')}</span>
        <span className="chart-cursor" aria-hidden="true">
          {at !== null &&
            index !== null &&
            `${new Date(at).toLocaleString(lang)}  ${numberAt(replay.load, index, lang)}/s`}
        </span>
      </figcaption>
      <div className="chart-plot" ref={host} style={{ height: HEIGHT }} />
      <ul className="chart-legend lab-legend">
        {replay.replicas.map(({ name, values }, line) => (
          <li key={name}>
            <span className="line-swatch" style={{ background: lineColour(line) }} />
            {name}
            {index !== null && ` ${numberAt(values, index, lang)}`}
          </li>
        ))}
      </ul>
    </figure>
  );
}

function numberAt(values: readonly (number | null)[], index: number, lang: string): string {
  const value = values[index];
  return value === null || value === undefined ? '–' : formatNumber(value, lang);
}
