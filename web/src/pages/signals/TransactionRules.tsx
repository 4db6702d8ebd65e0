import { Button, Input, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/queries';
import { useRulesChange, useTransactionRules } from '../../api/transactions';
import type { TransactionRule } from '../../api/types';
import { Failure } from '../../components/Failure';

const KINDS = ['name', 'serial'] as const;
const SOURCES = ['route', 'header', 'attribute', 'body'] as const;

/** A rule while it is changed; its key stays the same however it is filled in. */
type Draft = TransactionRule & { key: number };

/** How transactions are named and where their numbers stand; administrators may change it. */
export function TransactionRules() {
  const { t } = useTranslation();
  const rules = useTransactionRules();
  const change = useRulesChange();
  const session = useSession();
  const admin = session.data?.roles.includes('ADMIN') ?? false;
  const [drafts, setDrafts] = useState<Draft[] | null>(null);
  const shown: Draft[] = drafts ?? rules.data?.rules.map((rule, key) => ({ ...rule, key })) ?? [];
  const patch = (key: number, next: Partial<TransactionRule>) =>
    setDrafts(shown.map((rule) => (rule.key === key ? { ...rule, ...next } : rule)));
  const save = () =>
    change.mutate(
      shown.map(({ kind, name, source, field, pattern }) => ({
        kind,
        source,
        pattern,
        name: kind === 'name' ? (name ?? '') : null,
        field: source === 'header' || source === 'attribute' ? (field ?? '') : null,
      })),
      { onSuccess: () => setDrafts(null) },
    );
  const field = (rule: Draft, what: 'name' | 'field' | 'pattern', off: boolean) => (
    <td className={what === 'pattern' ? 'mono wide' : 'mono'}>
      {drafts === null ? (
        rule[what]
      ) : (
        <Input
          size="small"
          disabled={off}
          aria-label={t(`transactions.${what}`)}
          value={off ? '' : (rule[what] ?? '')}
          onChange={(event) => patch(rule.key, { [what]: event.target.value })}
        />
      )}
    </td>
  );
  return (
    <section className="panel stack" aria-label={t('transactions.rules')}>
      <h2>{t('transactions.rules')}</h2>
      <p className="quiet small">{t('transactions.purpose')}</p>
      {rules.isError && <Failure error={rules.error} onRetry={() => void rules.refetch()} />}
      <table className="table">
        <thead>
          <tr>
            {(['kind', 'name', 'source', 'field', 'pattern'] as const).map((what) => (
              <th key={what} scope="col">
                {t(`transactions.${what}`)}
              </th>
            ))}
            {drafts !== null && <th scope="col">{t('transactions.order')}</th>}
          </tr>
        </thead>
        <tbody>
          {shown.map((rule) => (
            <tr key={rule.key}>
              <td>
                {drafts === null ? (
                  t(`transactions.kinds.${rule.kind}`)
                ) : (
                  <Select
                    size="small"
                    aria-label={t('transactions.kind')}
                    value={rule.kind}
                    onChange={(kind) => patch(rule.key, { kind })}
                    options={KINDS.map((value) => ({
                      value,
                      label: t(`transactions.kinds.${value}`),
                    }))}
                  />
                )}
              </td>
              {field(rule, 'name', rule.kind !== 'name')}
              <td>
                {drafts === null ? (
                  t(`transactions.sources.${rule.source}`)
                ) : (
                  <Select
                    size="small"
                    aria-label={t('transactions.source')}
                    value={rule.source}
                    onChange={(source) => patch(rule.key, { source })}
                    options={SOURCES.map((value) => ({
                      value,
                      label: t(`transactions.sources.${value}`),
                    }))}
                  />
                )}
              </td>
              {field(rule, 'field', rule.source !== 'header' && rule.source !== 'attribute')}
              {field(rule, 'pattern', false)}
              {drafts !== null && (
                <td>
                  <Button
                    size="small"
                    onClick={() => setDrafts(shown.filter(({ key }) => key !== rule.key))}
                  >
                    {t('transactions.drop')}
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {change.isError && <Failure error={change.error} onRetry={save} />}
      {admin && drafts === null && (
        <div className="buttons">
          <Button onClick={() => setDrafts(shown)}>{t('transactions.change')}</Button>
          {rules.data?.usual === false && (
            <Popconfirm title={t('transactions.sure')} onConfirm={() => change.mutate(null)}>
              <Button>{t('transactions.reset')}</Button>
            </Popconfirm>
          )}
        </div>
      )}
      {drafts !== null && (
        <div className="buttons">
          <Button
            onClick={() =>
              setDrafts([
                {
                  key: Math.max(0, ...shown.map(({ key }) => key)) + 1,
                  kind: 'name',
                  name: '',
                  source: 'route',
                  field: null,
                  pattern: '',
                },
                ...shown,
              ])
            }
          >
            {t('transactions.add')}
          </Button>
          <Button type="primary" loading={change.isPending} onClick={save}>
            {t('transactions.save')}
          </Button>
          <Button
            onClick={() => {
              change.reset();
              setDrafts(null);
            }}
          >
            {t('transactions.cancel')}
          </Button>
        </div>
      )}
    </section>
  );
}
