import { Button, Tour } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

const REMEMBERED = 'bridgewatch.tour';

/** Pages of a demonstration in the order in which they tell its story. */
const STEPS = [
  { page: '/map', name: 'map' },
  { page: '/explore', name: 'explore' },
  { page: '/troubles', name: 'troubles' },
  { page: '/incidents', name: 'incidents' },
] as const;

/** Shows a visitor around once; whoever has seen or skipped it is left alone. */
export default function FirstTour() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [open, setOpen] = useState(() => localStorage.getItem(REMEMBERED) === null);
  const [current, setCurrent] = useState(0);
  const end = () => {
    localStorage.setItem(REMEMBERED, 'seen');
    setOpen(false);
  };
  return (
    <Tour
      open={open}
      current={current}
      mask={false}
      type="primary"
      onChange={(next) => {
        setCurrent(next);
        const step = STEPS[next];
        if (step) void navigate(step.page);
      }}
      onClose={end}
      onFinish={end}
      closable={{ 'aria-label': t('tour.skip') }}
      actionsRender={(actions, { current: at, total }) => (
        <>
          {at < total - 1 && (
            <Button size="small" ghost onClick={end}>
              {t('tour.skip')}
            </Button>
          )}
          {actions}
        </>
      )}
      steps={STEPS.map(({ page, name }) => ({
        title: t(`tour.${name}Title`),
        description: t(`tour.${name}Text`),
        target: document.querySelector<HTMLElement>(`nav a[href="${page}"]`),
      }))}
    />
  );
}
