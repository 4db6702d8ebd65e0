/** A share of one as a bar. */
export function Bar({ share, label }: { share: number; label: string }) {
  return (
    <span className="meter" role="img" aria-label={label}>
      <span style={{ width: `${Math.round(Math.min(1, Math.max(0, share)) * 100)}%` }} />
    </span>
  );
}
