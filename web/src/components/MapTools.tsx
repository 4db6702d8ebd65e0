import { AimOutlined, MinusOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { CollectionReturnValue, Core } from 'cytoscape';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';

const ZOOM_STEP = 1.3;

/** Buttons that stand on a drawn map. */
export function MapTools({
  core,
  onFit,
}: {
  core: RefObject<Core | null>;
  onFit: (cy: Core) => void;
}) {
  const { t } = useTranslation();
  const zoom = (by: number) => {
    const cy = core.current;
    if (cy) {
      const middle = { x: cy.width() / 2, y: cy.height() / 2 };
      cy.zoom({ level: cy.zoom() * by, renderedPosition: middle });
    }
  };
  return (
    <div className="map-tools">
      <Button
        size="small"
        icon={<PlusOutlined />}
        aria-label={t('map.zoomIn')}
        title={t('map.zoomIn')}
        onClick={() => zoom(ZOOM_STEP)}
      />
      <Button
        size="small"
        icon={<MinusOutlined />}
        aria-label={t('map.zoomOut')}
        title={t('map.zoomOut')}
        onClick={() => zoom(1 / ZOOM_STEP)}
      />
      <Button
        size="small"
        icon={<AimOutlined />}
        aria-label={t('map.fit')}
        title={t('map.fit')}
        onClick={() => core.current && onFit(core.current)}
      />
    </div>
  );
}

export function inSight(cy: Core, node: CollectionReturnValue): boolean {
  const { x1, x2, y1, y2 } = cy.extent();
  const { x, y } = node.position();
  return x > x1 && x < x2 && y > y1 && y < y2;
}

/** Zooms with Ctrl and the wheel only, so that the wheel alone goes on scrolling the page. */
export function zoomByWheel(cy: Core, host: HTMLElement): () => void {
  const onWheel = (event: WheelEvent) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const { left, top } = host.getBoundingClientRect();
    cy.zoom({
      level: cy.zoom() * 2 ** (-event.deltaY / 300),
      renderedPosition: { x: event.clientX - left, y: event.clientY - top },
    });
  };
  host.addEventListener('wheel', onWheel, { passive: false });
  return () => host.removeEventListener('wheel', onWheel);
}
