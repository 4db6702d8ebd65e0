import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScalingCalibration } from '../../../api/types';
import { formatNumber, formatValue } from '../../../format/value';
import { useLanguage } from '../../../i18n';
import { useAppearance } from '../../../theme/theme';
import { drawKnee, merged } from './curves';

const HEIGHT = 220;

/** Latency by the load of a replica: what was seen, what was fitted, and where it has no room left. */
export function KneeChart({ calibration }: { calibration: ScalingCalibration }) {
  const { t } = useTranslation();
  const lang = useLanguage();
  const { appearance } = useAppearance();
  const host = useRef<HTMLDivElement>(null);
  const [index, setIndex] = useState<number | null>(null);
  const { points, curve, capacity } = calibration;
  const knee = useMemo(() => ({ points, curve, capacity }), [points, curve, capacity]);
  const labels = useMemo(
    () => ({ x: t('lab.loadPerReplica'), left: t('lab.latency'), right: '' }),
    [t],
  );
  // The colours are read when drawing, so another appearance draws anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: appearance stands for the colours
  useEffect(() => {
    if (!host.current) return;
    return drawKnee(host.current, knee, { height: HEIGHT, lang, labels, onCursor: setIndex });
  }, [knee, lang, labels, appearance]);
  const [loads, seen, fitted] = useMemo(() => merged(knee), [knee]);
  const load = index === null ? undefined : loads[index];
  return (
    <figure className="chart" aria-label={t('lab.knee')}>
      <figcaption>
        <span className="chart-signal">{t('lab.knee')}</span>
        <span className="chart-cursor" aria-hidden="true">
          {load !== undefined &&
            index !== null &&
            `${formatNumber(load, lang)}/s  ${formatValue(seen[index] ?? fitted[index], 's', lang)}`}
        </span>
      </figcaption>
      <div className="chart-plot" ref={host} style={{ height: HEIGHT }} />
      <div className="chart-legend">{t('lab.kneeLegend')}</div>
    </figure>
  );
}
