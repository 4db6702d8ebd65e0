const WIDTH = 120;
const HEIGHT = 24;

/** Counts of equal steps of time as bars; the label says in words what there is to see. */
export function Sparkline({ values, label }: { values: readonly number[]; label: string }) {
  const most = Math.max(1, ...values);
  const width = WIDTH / Math.max(1, values.length);
  const bars = values
    .map((value, i) => {
      const height = value === 0 ? 0 : Math.max(1, (value / most) * HEIGHT);
      return `M${(i * width).toFixed(2)} ${HEIGHT}v${(-height).toFixed(2)}h${width.toFixed(2)}V${HEIGHT}z`;
    })
    .join('');
  return (
    <svg
      className="sparkline"
      role="img"
      aria-label={label}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
    >
      <title>{label}</title>
      <path d={bars} />
    </svg>
  );
}
