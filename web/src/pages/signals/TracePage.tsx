import { DownOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'react-router';
import { useTrace } from '../../api/signals';
import type { Trace, TraceSpan } from '../../api/types';
import { Failure } from '../../components/Failure';
import { Loading } from '../../components/Loading';
import { withQuery } from '../../discovery/address';
import { formatTime } from '../../format/time';
import { formatValue } from '../../format/value';
import { useLanguage } from '../../i18n';
import { AttributeList } from './AttributeList';
import { LogLines } from './LogLines';
import { SampledTag } from './SampledTag';
import { type Placed, walk } from './spanTree';
import { podPath } from './subject';

/** A trace as a waterfall: its spans by tree and time, and its log lines. */
export function Component() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const trace = useTrace(id);
  return (
    <div className="stack">
      <title>{`${t('traces.one')} ${id.slice(0, 8)} · Bridgewatch`}</title>
      <Link className="small" to="/traces">
        {t('signals.page.traces')}
      </Link>
      {trace.isPending && <Loading />}
      {trace.isError && <Failure error={trace.error} onRetry={() => void trace.refetch()} />}
      {trace.data && <Waterfall trace={trace.data} />}
    </div>
  );
}

function Waterfall({ trace }: { trace: Trace }) {
  const { t } = useTranslation();
  const lang = useLanguage();
  const { hash } = useLocation();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState(decodeURIComponent(hash.slice(1)));
  const rows = useMemo(() => walk(trace.spans, closed), [trace.spans, closed]);
  useEffect(() => setChosen(decodeURIComponent(hash.slice(1))), [hash]);
  const failed = trace.spans.filter((span) => span.failed).length;
  const services = new Set(trace.spans.map(({ service }) => service)).size;
  const ms = (millis: number) => formatValue(millis / 1000, 's', lang);
  return (
    <>
      <header className="page-head">
        <h1>{trace.spans[0]?.name || t('traces.one')}</h1>
        <span className="quiet">
          {formatTime(trace.start, lang)} · {ms(trace.durationMillis)} ·{' '}
          {t('traces.spanCount', { count: trace.spansTotal })} ·{' '}
          {t('traces.serviceCount', { count: services })}
          {failed > 0 && (
            <>
              {' '}
              · <strong className="bad">{t('traces.failedCount', { count: failed })}</strong>
            </>
          )}
        </span>
        <SampledTag sampled={trace.sampled} />
      </header>
      {trace.spansTotal > trace.spans.length && (
        <p className="quiet">{t('traces.cut', { count: trace.spans.length })}</p>
      )}
      <ol className="panel flush waterfall" aria-label={t('traces.waterfall')}>
        {rows.map((row) => (
          <li key={row.span.spanId} data-failed={row.span.failed}>
            <SpanLine
              row={row}
              total={trace.durationMillis}
              closed={closed.has(row.span.spanId)}
              open={chosen === row.span.spanId}
              ms={ms}
              onFold={() =>
                setClosed((before) => {
                  const after = new Set(before);
                  if (!after.delete(row.span.spanId)) after.add(row.span.spanId);
                  return after;
                })
              }
              onOpen={() => setChosen(chosen === row.span.spanId ? '' : row.span.spanId)}
            />
            {chosen === row.span.spanId && <SpanDetails span={row.span} ms={ms} />}
          </li>
        ))}
      </ol>
      <section className="stack-tight">
        <h2>
          {t('traces.lines')} ({trace.logsTotal.count.toLocaleString(lang)})
        </h2>
        {trace.logs.length === 0 ? (
          <p className="panel quiet">{t('traces.noLines')}</p>
        ) : (
          <LogLines label={t('traces.lines')} items={trace.logs} further={ALL_THERE} />
        )}
        {trace.logsTotal.count > trace.logs.length && (
          <Link to={withQuery('/logs', { trace: trace.traceId, at: afterEnd(trace) })}>
            {t('traces.allLines')}
          </Link>
        )}
      </section>
    </>
  );
}

const ALL_THERE = { complete: true, loading: false, load: () => {}, onEnd: () => {} };

/** A minute after the trace, so that its last lines are there too. */
function afterEnd(trace: Trace): string {
  return new Date(Date.parse(trace.start) + trace.durationMillis + 60_000).toISOString();
}

function SpanLine({
  row: { span, depth, children },
  total,
  closed,
  open,
  ms,
  onFold,
  onOpen,
}: {
  row: Placed;
  total: number;
  closed: boolean;
  open: boolean;
  ms: (millis: number) => string;
  onFold: () => void;
  onOpen: () => void;
}) {
  const { t } = useTranslation();
  const share = (millis: number) => (total <= 0 ? 0 : Math.min(100, (millis / total) * 100));
  return (
    <div className="span-line">
      <span className="span-name" style={{ paddingInlineStart: Math.min(depth, 20) * 14 }}>
        {children > 0 ? (
          <Button
            type="text"
            size="small"
            icon={closed ? <RightOutlined /> : <DownOutlined />}
            aria-expanded={!closed}
            aria-label={t('traces.children', { count: children })}
            onClick={onFold}
          />
        ) : (
          <span className="span-leaf" />
        )}
        <button type="button" className="span-open" aria-expanded={open} onClick={onOpen}>
          <span className="entity-type">{span.service}</span> {span.name || t('common.none')}
          {span.failed && <strong className="bad"> {t('traces.failed')}</strong>}
        </button>
      </span>
      <span className="span-track">
        <span
          className="span-bar"
          data-failed={span.failed}
          style={{
            left: `${share(span.offsetMillis)}%`,
            width: `max(2px, ${share(span.durationMillis)}%)`,
          }}
          title={`${ms(span.durationMillis)} · ${t('traces.own', { time: ms(span.ownMillis) })}`}
        />
      </span>
      <span className="number">{ms(span.durationMillis)}</span>
    </div>
  );
}

function SpanDetails({ span, ms }: { span: TraceSpan; ms: (millis: number) => string }) {
  const { t } = useTranslation();
  const pod = podPath(span.resource, '');
  return (
    <div className="log-details">
      <p>
        {t(`spanKind.${span.kind}`)} · {t('traces.after', { time: ms(span.offsetMillis) })} ·{' '}
        {t('traces.took', { time: ms(span.durationMillis) })} ·{' '}
        {t('traces.own', { time: ms(span.ownMillis) })}
        {pod && (
          <>
            {' '}
            · <Link to={pod}>{span.resource['k8s.pod.name']}</Link>
          </>
        )}
      </p>
      <AttributeList label={t('signals.attributes')} attributes={span.attributes} />
      <AttributeList label={t('signals.resource')} attributes={span.resource} />
    </div>
  );
}
