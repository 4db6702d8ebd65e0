/** Times in the viewer's zone, with UTC at hand. */

export function formatTime(time: string | number, lang: string): string {
  return new Date(time).toLocaleString(lang, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
}

export function formatClock(time: string | number, lang: string): string {
  return new Date(time).toLocaleTimeString(lang, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
}

/** Clock time without seconds, for axes whose steps are minutes. */
export function formatMinutes(time: number, lang: string): string {
  return new Date(time).toLocaleTimeString(lang, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}

/** `2026-03-14 03:07:30 UTC`. */
export function formatUtc(time: string | number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** Name of the viewer's zone, such as `Asia/Shanghai`. */
export function viewerZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Time from the onset, signed: `+1:20`, `−0:45`, `+1:02:03`. */
export function formatOffset(time: string | number, onset: string): string {
  const seconds = Math.round((new Date(time).getTime() - new Date(onset).getTime()) / 1000);
  const sign = seconds < 0 ? '−' : '+';
  const size = Math.abs(seconds);
  const hours = Math.floor(size / 3600);
  const minutes = Math.floor((size % 3600) / 60);
  const rest = String(size % 60).padStart(2, '0');
  return hours > 0
    ? `${sign}${hours}:${String(minutes).padStart(2, '0')}:${rest}`
    : `${sign}${minutes}:${rest}`;
}
