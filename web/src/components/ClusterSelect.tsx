import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useClusters } from '../api/discovery';

/** Chooses among clusters; not there while there is nothing to choose. */
export function ClusterSelect({
  value,
  onChange,
  all = true,
}: {
  value: string;
  onChange: (cluster: string) => void;
  /** Whether all of them at once is a choice. */
  all?: boolean;
}) {
  const { t } = useTranslation();
  const clusters = useClusters();
  const names = (clusters.data?.items ?? []).map(({ name }) => name);
  if (names.length < 2 && (value === '' || names.includes(value))) return null;
  return (
    <Select
      className="filter"
      aria-label={t('clusters.one')}
      value={value}
      onChange={onChange}
      showSearch={{ optionFilterProp: 'label' }}
      options={[
        ...(all ? [{ value: '', label: t('clusters.all') }] : []),
        ...names.map((name) => ({ value: name, label: name })),
      ]}
    />
  );
}
