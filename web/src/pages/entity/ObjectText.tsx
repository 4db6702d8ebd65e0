import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type EntityAddress, useEntityObject } from '../../api/discovery';
import type { EntityRow } from '../../api/types';
import { CopyButton } from '../../components/CopyButton';
import { Failure } from '../../components/Failure';
import { Loading } from '../../components/Loading';
import { toYaml } from './yaml';

/** What the Kubernetes API itself never had. */
const WITHOUT_OBJECT = new Set([
  'transaction',
  'service',
  'container',
  'device',
  'zone',
  'cluster',
]);

/** The last API object that was heard, read only when it is asked for. */
export function ObjectText({ entity }: { entity: EntityRow }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const address: EntityAddress = {
    cluster: entity.cluster,
    type: entity.type,
    namespace: entity.namespace ?? '',
    name: entity.name,
    kind: entity.kind ?? '',
    pod: '',
  };
  const object = useEntityObject(address, open);
  const text = useMemo(() => (object.data ? toYaml(object.data) : ''), [object.data]);
  if (WITHOUT_OBJECT.has(entity.type)) return null;
  return (
    <section aria-labelledby="object">
      <div className="section-head">
        <h2 id="object">{t('entity.object')}</h2>
        <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t('entity.hideObject') : t('entity.showObject')}
        </Button>
        {open && object.data && <CopyButton what={t('entity.object')} text={text} />}
        <span className="quiet small">{t('entity.objectHelp')}</span>
      </div>
      {open && object.isPending && <Loading />}
      {open && object.isError && (
        <Failure error={object.error} onRetry={() => void object.refetch()} />
      )}
      {open && object.data && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <pre className="panel object-text" tabIndex={0}>
          {text}
        </pre>
      )}
    </section>
  );
}
