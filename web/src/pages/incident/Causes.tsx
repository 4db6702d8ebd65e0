import { DownOutlined, LineChartOutlined, LinkOutlined, UpOutlined } from '@ant-design/icons';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Cause, Chart, Evidence, Incident } from '../../api/types';
import { Bar } from '../../components/Bar';
import { Confidence } from '../../components/Confidence';
import { Entity } from '../../components/Entity';
import { Time } from '../../components/Time';
import { formatShare } from '../../format/value';
import { useWord } from '../../i18n';
import { chartOf } from './entities';
import { SeriesChart } from './SeriesChart';

/** One piece of evidence of one cause; several may rest on the same chart. */
export function evidenceKey(rank: number, index: number): string {
  return `${rank}.${index}`;
}

export function Causes({
  incident,
  open,
  onToggle,
}: {
  incident: Incident;
  /** Keys of the evidence whose charts are unfolded. */
  open: ReadonlySet<string>;
  onToggle: (key: string, chart: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="causes">
      <h2 id="causes">{t('incident.causes')}</h2>
      {incident.causes.length === 0 && <p className="panel quiet">{t('incident.noCauses')}</p>}
      <ol className="causes">
        {incident.causes.map((cause) => (
          <li key={cause.rank}>
            <CauseCard cause={cause} incident={incident} open={open} onToggle={onToggle} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function CauseCard({
  cause,
  incident,
  open,
  onToggle,
}: {
  cause: Cause;
  incident: Incident;
  open: ReadonlySet<string>;
  onToggle: (key: string, chart: string) => void;
}) {
  const { t } = useTranslation();
  const word = useWord();
  return (
    <article className="cause" id={`cause-${cause.rank}`} data-rank={cause.rank} tabIndex={-1}>
      <header className="cause-head">
        <span className="rank" title={t('incident.rank', { rank: cause.rank })}>
          <span className="sr-only">{t('incident.rank', { rank: cause.rank })}</span>
          <span aria-hidden="true">{cause.rank}</span>
        </span>
        <div className="cause-title">
          <h3>{cause.kindText}</h3>
          <Entity type={cause.type} name={cause.name} attributes={cause.entity} />
          <span className="layer">{word('layer', cause.layer)}</span>
        </div>
        <div className="cause-end">
          <Confidence value={cause.confidence} />
          <Link
            className="anchor"
            to={{ hash: `#cause-${cause.rank}` }}
            aria-label={t('incident.linkTo')}
            title={t('incident.linkTo')}
          >
            <LinkOutlined />
          </Link>
        </div>
      </header>
      <ul className="evidence-list" aria-label={t('incident.evidence')}>
        {cause.evidence.map((evidence, index) => {
          const key = evidenceKey(cause.rank, index);
          return (
            <EvidenceRow
              key={key}
              evidence={evidence}
              chart={chartOf(evidence, incident.charts)}
              window={incident.window}
              open={open.has(key)}
              onToggle={(chart) => onToggle(key, chart)}
            />
          );
        })}
      </ul>
      <CausePath cause={cause} />
    </article>
  );
}

function EvidenceRow({
  evidence,
  chart,
  window,
  open,
  onToggle,
}: {
  evidence: Evidence;
  chart: Chart | undefined;
  window: Incident['window'];
  open: boolean;
  onToggle: (chart: string) => void;
}) {
  const { t, i18n } = useTranslation();
  const weight = t('incident.evidenceWeight', {
    share: formatShare(evidence.weight, i18n.language),
  });
  const line = (
    <>
      <Bar share={evidence.weight} label={weight} />
      <span className="evidence-sentence">{evidence.sentence}</span>
      <span className="evidence-since">
        <Time clock value={evidence.since} />
      </span>
    </>
  );
  if (!chart) {
    return (
      <li className="evidence">
        <div className="evidence-line" title={weight}>
          {line}
          <span className="evidence-icon" />
        </div>
      </li>
    );
  }
  return (
    <li className="evidence" data-open={open}>
      <button
        type="button"
        className="evidence-line"
        aria-expanded={open}
        title={open ? t('incident.closeChart') : t('incident.openChart')}
        onClick={() => onToggle(chart.id)}
      >
        {line}
        <span className="evidence-icon" aria-hidden="true">
          <LineChartOutlined />
          {open ? <UpOutlined /> : <DownOutlined />}
        </span>
      </button>
      {open && (
        <div className="evidence-chart">
          <SeriesChart chart={chart} window={window} height={148} />
        </div>
      )}
    </li>
  );
}

function CausePath({ cause }: { cause: Cause }) {
  const { t } = useTranslation();
  if (cause.path.length === 0) {
    return <p className="cause-path quiet small">{t('incident.noPath')}</p>;
  }
  if (cause.path.length === 1) {
    return <p className="cause-path quiet small">{t('incident.hurtsItself')}</p>;
  }
  return (
    <nav className="cause-path" aria-label={t('incident.path')}>
      <span className="quiet small">{t('incident.path')}</span>
      <span className="steps">
        {cause.path.map((step, index) => (
          <Fragment key={`${step.type}/${step.name}`}>
            {index > 0 && (
              <span className="arrow" aria-hidden="true">
                ›
              </span>
            )}
            <Entity type={step.type} name={step.name} attributes={step.entity} />
          </Fragment>
        ))}
      </span>
    </nav>
  );
}
