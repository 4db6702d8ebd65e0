import { DownOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Tag } from 'antd';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Range } from '../../api/signals';
import type { LogPattern } from '../../api/types';
import { Time } from '../../components/Time';
import { formatTime } from '../../format/time';
import { useLanguage } from '../../i18n';
import { AttributeList } from './AttributeList';
import { subjectOf, writerOf } from './patternSource';
import { Sparkline } from './Sparkline';
import { signalPath } from './subject';

/** Patterns of log lines, each leading to its lines; opens to samples. */
export function PatternTable({
  patterns,
  from,
  range,
}: {
  patterns: LogPattern[];
  /** The beginning of what is shown: what was first seen later is new. */
  from: string;
  range: Range;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<string | null>(null);
  return (
    <div className="panel flush scroll-x">
      <table className="span-table pattern-table" aria-label={t('signals.page.log-patterns')}>
        <thead>
          <tr>
            <th scope="col">{t('patterns.text')}</th>
            <th scope="col">{t('patterns.severity')}</th>
            <th scope="col">{t('patterns.source')}</th>
            <th scope="col" className="number">
              {t('patterns.lines')}
            </th>
            <th scope="col">{t('patterns.trend')}</th>
            <th scope="col">{t('patterns.firstSeen')}</th>
          </tr>
        </thead>
        <tbody>
          {patterns.map((pattern) => (
            <Fragment key={pattern.id}>
              <Row
                pattern={pattern}
                isNew={Date.parse(pattern.firstSeen) >= Date.parse(from)}
                range={range}
                open={open === pattern.id}
                onToggle={() => setOpen(open === pattern.id ? null : pattern.id)}
              />
              {open === pattern.id && (
                <tr>
                  <td colSpan={6}>
                    <Samples pattern={pattern} />
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({
  pattern,
  isNew,
  range,
  open,
  onToggle,
}: {
  pattern: LogPattern;
  isNew: boolean;
  range: Range;
  open: boolean;
  onToggle: () => void;
}) {
  const { t } = useTranslation();
  const lang = useLanguage();
  const lines = signalPath('/logs', subjectOf(pattern.source), range, {
    q: pattern.search,
    severity: Object.keys(pattern.counts).join(',').toLowerCase(),
  });
  return (
    <tr data-severity={pattern.severity}>
      <td>
        <span className="pattern-text">
          <Button
            type="text"
            size="small"
            icon={open ? <DownOutlined /> : <RightOutlined />}
            aria-expanded={open}
            aria-label={t('patterns.samples')}
            onClick={onToggle}
          />
          <Link to={lines} title={t('patterns.toLines')}>
            <PatternText text={pattern.text} />
          </Link>
        </span>
      </td>
      <td>{t(`severity.${pattern.severity}`)}</td>
      <td>
        {writerOf(pattern.source)}{' '}
        <span className="quiet small">{pattern.source['k8s.namespace.name']}</span>
      </td>
      <td className="number">{pattern.lines.toLocaleString(lang)}</td>
      <td>
        <Sparkline
          values={pattern.trend}
          label={t('patterns.trendOf', {
            count: pattern.lines,
            most: Math.max(0, ...pattern.trend).toLocaleString(lang),
          })}
        />
      </td>
      <td title={t('patterns.lastSeen', { time: formatTime(pattern.lastSeen, lang) })}>
        <Time value={pattern.firstSeen} /> {isNew && <Tag color="gold">{t('patterns.isNew')}</Tag>}
      </td>
    </tr>
  );
}

/** What varies stands back behind what is written each time. */
function PatternText({ text }: { text: string }) {
  const parts = text.split('<*>');
  return (
    <code>
      {parts.map((part, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
        <Fragment key={i}>
          {i > 0 && <span className="pattern-wild">&lt;*&gt;</span>}
          {part}
        </Fragment>
      ))}
    </code>
  );
}

function Samples({ pattern }: { pattern: LogPattern }) {
  const { t } = useTranslation();
  return (
    <ul className="pattern-samples" aria-label={t('patterns.samples')}>
      {pattern.samples.map((sample) => (
        <li key={`${sample.time} ${sample.body}`}>
          <p className="quiet small">
            <Time value={sample.time} /> · {t(`severity.${sample.severity}`)}
          </p>
          <pre>{sample.body}</pre>
          <AttributeList label={t('signals.resource')} attributes={sample.resource} />
        </li>
      ))}
    </ul>
  );
}
