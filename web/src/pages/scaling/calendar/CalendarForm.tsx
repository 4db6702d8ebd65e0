import { Alert, Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { BusinessCalendar } from '../../../api/types';
import { Failure } from '../../../components/Failure';
import {
  calendarOf,
  type Draft,
  EVENT_KINDS,
  type Mistake,
  nextKey,
  type Row,
  WEEKDAYS,
} from './draft';

const MOST_MONTH_END_DAYS = 10;

type EventKind = Draft['events'][number]['kind'];

/** Changes a calendar; what cannot be read is told before anything is sent. */
export function CalendarForm({
  draft,
  onChange,
  saving,
  error,
  onSave,
  onCancel,
}: {
  draft: Draft;
  onChange: (next: Draft) => void;
  saving: boolean;
  error: Error | null;
  onSave: (calendar: BusinessCalendar) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  const read = calendarOf(draft);
  const patch = (next: Partial<Draft>) => onChange({ ...draft, ...next });
  const save = () => read.calendar && onSave(read.calendar);
  return (
    <form
      className="panel stack"
      aria-label={t('calendar.change')}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Field label={t('calendar.zone')}>
        {(id) => (
          <Input
            id={id}
            value={draft.zone}
            onChange={(event) => patch({ zone: event.target.value })}
          />
        )}
      </Field>
      <fieldset className="fields">
        <legend className="quiet small">{t('calendar.weekend')}</legend>
        <Checkbox.Group
          value={draft.weekend}
          onChange={(weekend) => patch({ weekend: weekend as Draft['weekend'] })}
          options={WEEKDAYS.map((value) => ({ value, label: t(`weekday.${value}`) }))}
        />
      </fieldset>
      {(['holidays', 'swapped'] as const).map((field) => (
        <Field key={field} label={t(`calendar.${field}`)} hint={t(`calendar.${field}Hint`)}>
          {(id) => (
            <Input.TextArea
              id={id}
              autoSize={{ minRows: 2, maxRows: 8 }}
              placeholder="2026-10-01"
              value={draft[field]}
              onChange={(event) => patch({ [field]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <Field label={t('calendar.payDays')} hint={t('calendar.payDaysHint')}>
        {(id) => (
          <Input
            id={id}
            placeholder="15"
            value={draft.payDays}
            onChange={(event) => patch({ payDays: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('calendar.monthEndDays')}>
        {(id) => (
          <InputNumber
            id={id}
            min={0}
            max={MOST_MONTH_END_DAYS}
            value={draft.monthEndDays}
            onChange={(days) => patch({ monthEndDays: days ?? 0 })}
          />
        )}
      </Field>
      <Events draft={draft} patch={patch} />
      <Daily draft={draft} patch={patch} />
      {read.mistakes.map((mistake: Mistake) => (
        <Alert
          key={mistake.field}
          type="error"
          showIcon
          title={t('calendar.mistake', {
            field: t(`calendar.${mistake.field}`),
            words: mistake.words.map((word) => `“${word}”`).join(', '),
          })}
        />
      ))}
      {error && <Failure error={error} onRetry={save} />}
      <div className="buttons">
        <Button type="primary" htmlType="submit" loading={saving} disabled={!read.calendar}>
          {t('calendar.save')}
        </Button>
        <Button onClick={onCancel}>{t('calendar.cancel')}</Button>
      </div>
    </form>
  );
}

function Field({
  label,
  hint,
  children,
}: {
  label: string;
  hint?: string;
  children: (id: string) => React.ReactNode;
}) {
  const id = useId();
  return (
    <div>
      <label className="quiet small" htmlFor={id}>
        {label}
      </label>
      {children(id)}
      {hint !== undefined && <p className="quiet small">{hint}</p>}
    </div>
  );
}

/** The kind of something that has a name. */
function Kind({ value, onChange }: { value: EventKind; onChange: (kind: EventKind) => void }) {
  const { t } = useTranslation();
  return (
    <Select<EventKind>
      size="small"
      aria-label={t('calendar.kind')}
      value={value}
      onChange={onChange}
      options={EVENT_KINDS.map((kind) => ({ value: kind, label: t(`eventKind.${kind}`) }))}
    />
  );
}

function Events({ draft, patch }: { draft: Draft; patch: (next: Partial<Draft>) => void }) {
  const { t } = useTranslation();
  const change = (key: number, next: Partial<Draft['events'][number]>) =>
    patch({ events: replaced(draft.events, key, next) });
  return (
    <Rows
      label={t('calendar.once')}
      columns={['name', 'kind', 'from', 'to']}
      rows={draft.events}
      onDrop={(key) => patch({ events: draft.events.filter((one) => one.key !== key) })}
      onAdd={() =>
        patch({
          events: [
            ...draft.events,
            { key: nextKey(draft.events), name: '', kind: 'FLASH_SALE', from: '', to: '' },
          ],
        })
      }
    >
      {(event) => (
        <>
          <td>
            <Text
              label="name"
              value={event.name}
              onChange={(name) => change(event.key, { name })}
            />
          </td>
          <td>
            <Kind value={event.kind} onChange={(kind) => change(event.key, { kind })} />
          </td>
          {(['from', 'to'] as const).map((end) => (
            <td key={end}>
              <Text
                label={end}
                placeholder="2026-11-11T00:00+08:00"
                value={event[end]}
                onChange={(time) => change(event.key, { [end]: time })}
              />
            </td>
          ))}
        </>
      )}
    </Rows>
  );
}

function Daily({ draft, patch }: { draft: Draft; patch: (next: Partial<Draft>) => void }) {
  const { t } = useTranslation();
  const change = (key: number, next: Partial<Draft['daily'][number]>) =>
    patch({ daily: replaced(draft.daily, key, next) });
  return (
    <Rows
      label={t('calendar.eachDay')}
      columns={['name', 'kind', 'from', 'to', 'workdaysOnly']}
      rows={draft.daily}
      onDrop={(key) => patch({ daily: draft.daily.filter((one) => one.key !== key) })}
      onAdd={() =>
        patch({
          daily: [
            ...draft.daily,
            {
              key: nextKey(draft.daily),
              name: '',
              kind: 'BATCH_WINDOW',
              from: '22:00',
              to: '02:00',
              workingDaysOnly: true,
            },
          ],
        })
      }
    >
      {(window) => (
        <>
          <td>
            <Text
              label="name"
              value={window.name}
              onChange={(name) => change(window.key, { name })}
            />
          </td>
          <td>
            <Kind value={window.kind} onChange={(kind) => change(window.key, { kind })} />
          </td>
          {(['from', 'to'] as const).map((end) => (
            <td key={end}>
              <Text
                label={end}
                placeholder="22:00"
                value={window[end]}
                onChange={(time) => change(window.key, { [end]: time })}
              />
            </td>
          ))}
          <td>
            <Checkbox
              aria-label={t('calendar.workdaysOnly')}
              checked={window.workingDaysOnly}
              onChange={(event) => change(window.key, { workingDaysOnly: event.target.checked })}
            />
          </td>
        </>
      )}
    </Rows>
  );
}

function replaced<T>(rows: readonly Row<T>[], key: number, next: Partial<T>): Row<T>[] {
  return rows.map((row) => (row.key === key ? { ...row, ...next } : row));
}

function Text({
  label,
  value,
  placeholder,
  onChange,
}: {
  label: 'name' | 'from' | 'to';
  value: string;
  placeholder?: string;
  onChange: (value: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <Input
      size="small"
      aria-label={t(`calendar.${label}`)}
      placeholder={placeholder}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

function Rows<T extends { key: number }>({
  label,
  columns,
  rows,
  onDrop,
  onAdd,
  children,
}: {
  label: string;
  columns: readonly ('name' | 'kind' | 'from' | 'to' | 'workdaysOnly')[];
  rows: readonly T[];
  onDrop: (key: number) => void;
  onAdd: () => void;
  children: (row: T) => React.ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <section className="stack" aria-label={label}>
      <h2>{label}</h2>
      {rows.length > 0 && (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {t(`calendar.${column}`)}
                  </th>
                ))}
                <th scope="col">
                  <span className="sr-only">{t('calendar.drop')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.key}>
                  {children(row)}
                  <td>
                    <Button size="small" onClick={() => onDrop(row.key)}>
                      {t('calendar.drop')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className="buttons">
        <Button onClick={onAdd}>{t('calendar.add')}</Button>
      </div>
    </section>
  );
}
