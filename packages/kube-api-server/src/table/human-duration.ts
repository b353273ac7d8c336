const secondMs = 1000;
const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

/** A duration with the precision that kubectl gives it: `45s`, `3m12s`, `5h`, `12d`. */
export function humanDuration(durationMs: number): string {
  const seconds = Math.floor(durationMs / secondMs);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 2 * minute) return `${seconds}s`;
  if (seconds < 10 * minute)
    return pair(seconds, { unit: minute, name: 'm' }, { unit: 1, name: 's' });
  if (seconds < 3 * hour) return `${Math.floor(seconds / minute)}m`;
  if (seconds < 8 * hour)
    return pair(seconds, { unit: hour, name: 'h' }, { unit: minute, name: 'm' });
  if (seconds < 2 * day) return `${Math.floor(seconds / hour)}h`;
  if (seconds < 8 * day) return pair(seconds, { unit: day, name: 'd' }, { unit: hour, name: 'h' });
  if (seconds < 2 * year) return `${Math.floor(seconds / day)}d`;
  if (seconds < 8 * year) return pair(seconds, { unit: year, name: 'y' }, { unit: day, name: 'd' });
  return `${Math.floor(seconds / year)}y`;
}

interface Unit {
  readonly unit: number;
  readonly name: string;
}

function pair(seconds: number, large: Unit, small: Unit): string {
  const many = Math.floor(seconds / large.unit);
  const rest = Math.floor((seconds % large.unit) / small.unit);
  return rest === 0 ? `${many}${large.name}` : `${many}${large.name}${rest}${small.name}`;
}
