import { Segmented } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PolicyAddress, useShadowReplicas } from '../../../api/scaling';
import type { ShadowReplicas } from '../../../api/types';
import { Failure } from '../../../components/Failure';
import { Loading } from '../../../components/Loading';
import { useAddress } from '../../../discovery/address';
import { formatTime } from '../../../format/time';
import { useLanguage } from '../../../i18n';
import { useAppearance } from '../../../theme/theme';
import { lineColour } from '../../signals/linesPlot';
import { drawCourse } from '../lab/curves';

const HEIGHT = 200;
const HOURS = [6, 24, 168] as const;
const USUAL = 24;

/** Replicas over time, in force and in shadow. */
export function ReplicasChart({ policy }: { policy: PolicyAddress }) {
  const { t } = useTranslation();
  const { of, patch } = useAddress();
  const hours = HOURS.find((one) => String(one) === of('hours')) ?? USUAL;
  const course = useShadowReplicas(policy, hours);
  const told = course.data?.shadow.some((value) => value !== null) ?? false;
  return (
    <div className="panel stack">
      <div className="section-head">
        <h4>{t('shadow.chart')}</h4>
        <Segmented<number>
          size="small"
          aria-label={t('shadow.hours')}
          value={hours}
          onChange={(next) => patch({ hours: next === USUAL ? null : String(next) })}
          options={HOURS.map((value) => ({ value, label: t(`shadow.last${value}`) }))}
        />
      </div>
      {course.isPending && <Loading rows={3} />}
      {course.isError && <Failure error={course.error} onRetry={() => void course.refetch()} />}
      {course.data && !told && <p className="quiet">{t('shadow.noCourse')}</p>}
      {course.data && told && <Chart course={course.data} />}
    </div>
  );
}

function Chart({ course }: { course: ShadowReplicas }) {
  const { t } = useTranslation();
  const lang = useLanguage();
  const { appearance } = useAppearance();
  const host = useRef<HTMLDivElement>(null);
  const [index, setIndex] = useState<number | null>(null);
  const drawn = useMemo(
    () => ({
      from: Date.parse(course.from),
      stepSeconds: course.stepSeconds,
      replicas: [
        { name: t('shadow.inForce'), values: course.inForce },
        { name: t('shadow.own'), values: course.shadow },
      ],
    }),
    [course, t],
  );
  const labels = useMemo(() => ({ x: '', left: t('lab.replicas'), right: '' }), [t]);
  // The colours are read when drawing, so another appearance draws anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: appearance stands for the colours
  useEffect(() => {
    if (!host.current) return;
    return drawCourse(host.current, drawn, { height: HEIGHT, lang, labels, onCursor: setIndex });
  }, [drawn, lang, labels, appearance]);
  const at = index === null ? null : drawn.from + index * drawn.stepSeconds * 1000;
  return (
    <figure className="chart" aria-label={t('shadow.chart')}>
      <figcaption>
        <span className="chart-cursor" aria-hidden="true">
          {at !== null && formatTime(at, lang)}
        </span>
      </figcaption>
      <div className="chart-plot" ref={host} style={{ height: HEIGHT }} />
      <ul className="chart-legend lab-legend">
        {drawn.replicas.map(({ name, values }, line) => (
          <li key={name}>
            <span className="line-swatch" style={{ background: lineColour(line) }} />
            {name} {(index === null ? newest(values) : values[index]) ?? t('common.none')}
          </li>
        ))}
      </ul>
    </figure>
  );
}

function newest(values: readonly (number | null)[]): number | null {
  return values.findLast((value) => value !== null) ?? null;
}
