import type { ReactNode } from 'react';

export function EmptyState({
  title,
  text,
  action,
}: {
  title: string;
  text: string;
  action?: ReactNode;
}) {
  return (
    <div className="empty">
      <svg viewBox="0 0 64 40" width="72" height="45" aria-hidden="true">
        <path d="M4 30h56M8 30C14 12 24 7 32 7s18 5 24 23M32 7v23M20 12.5V30M44 12.5V30" />
        <path d="M2 36c5 0 5-2 10-2s5 2 10 2 5-2 10-2 5 2 10 2 5-2 10-2 5 2 10 2" />
      </svg>
      <h2>{title}</h2>
      <p>{text}</p>
      {action}
    </div>
  );
}
