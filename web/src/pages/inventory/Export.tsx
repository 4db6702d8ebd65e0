import { DownloadOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button, Modal, Progress } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityQuery } from '../../api/discovery';
import { Failure } from '../../components/Failure';
import { download, fetchAll, MOST_ROWS, toCsv } from './csv';

/** Writes what is filtered to a file. */
export function Export({
  query,
  lang,
  total,
}: {
  query: EntityQuery;
  lang: string;
  total: number;
}) {
  const { t, i18n } = useTranslation();
  const [read, setRead] = useState({ rows: 0, of: 0 });
  const abort = useRef<AbortController | null>(null);
  const writing = useMutation({
    mutationFn: async () => {
      const controller = new AbortController();
      abort.current = controller;
      setRead({ rows: 0, of: Math.min(total, MOST_ROWS) });
      const rows = await fetchAll(
        query,
        lang,
        (count, of) => setRead({ rows: count, of }),
        controller.signal,
      );
      const day = (query.at || new Date().toISOString()).slice(0, 16).replace(/[-:T]/g, '');
      download(`bridgewatch-${query.type || 'inventory'}-${day}.csv`, toCsv(rows));
    },
  });
  const cancelled = writing.error instanceof DOMException && writing.error.name === 'AbortError';
  const close = () => {
    abort.current?.abort();
    writing.reset();
  };
  const number = (count: number) => count.toLocaleString(i18n.language);
  return (
    <>
      <Button
        icon={<DownloadOutlined />}
        disabled={total === 0}
        title={
          total > MOST_ROWS ? t('inventory.exportMost', { most: number(MOST_ROWS) }) : undefined
        }
        onClick={() => writing.mutate()}
      >
        {t('inventory.export')}
      </Button>
      <Modal
        open={writing.isPending || (writing.isError && !cancelled)}
        title={t('inventory.export')}
        onCancel={close}
        footer={<Button onClick={close}>{t('common.cancel')}</Button>}
      >
        {writing.isError ? (
          <Failure error={writing.error} onRetry={() => writing.mutate()} />
        ) : (
          <>
            <Progress
              percent={Math.round((read.rows / Math.max(1, read.of)) * 100)}
              aria-label={t('inventory.export')}
            />
            <p>{t('inventory.exported', { rows: number(read.rows), of: number(read.of) })}</p>
          </>
        )}
      </Modal>
    </>
  );
}
