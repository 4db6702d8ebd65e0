import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** The cursors of the pages seen so far; the hub only knows the way forward. */
export function usePaging() {
  const [cursors, setCursors] = useState<(string | null)[]>([null]);
  const first = useCallback(() => setCursors([null]), []);
  return {
    cursor: cursors.at(-1) ?? null,
    page: cursors.length,
    first,
    forward: (next: string) => setCursors((seen) => [...seen, next]),
    back: () => setCursors((seen) => (seen.length > 1 ? seen.slice(0, -1) : seen)),
  };
}

export function Pager({
  paging,
  next,
  total,
}: {
  paging: ReturnType<typeof usePaging>;
  next: string | null;
  /** How many there are on all pages; null where nobody has counted them. */
  total: number | null;
}) {
  const { t } = useTranslation();
  const several = paging.page > 1 || next !== null;
  if (total === null && !several) return null;
  return (
    <div className="pager">
      {total !== null && <span className="quiet">{t('common.total', { count: total })}</span>}
      {several && (
        <span className="pager-steps">
          <Button
            size="small"
            icon={<LeftOutlined />}
            disabled={paging.page === 1}
            onClick={paging.back}
          >
            {t('common.previous')}
          </Button>
          <span>{t('common.page', { page: paging.page })}</span>
          <Button
            size="small"
            icon={<RightOutlined />}
            iconPlacement="end"
            disabled={next === null}
            onClick={() => next !== null && paging.forward(next)}
          >
            {t('common.next')}
          </Button>
        </span>
      )}
    </div>
  );
}
