export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" className="logo">
      <rect width="32" height="32" rx="7" />
      <path d="M4 21h24M5 21c3-9 8-12 11-12s8 3 11 12" />
      <path d="M16 9v12M10.5 12.5V21M21.5 12.5V21" className="thin" />
      <circle cx="16" cy="25.6" r="1.9" />
    </svg>
  );
}
