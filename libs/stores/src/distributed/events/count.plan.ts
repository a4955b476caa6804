/** Days and months are in UTC: `2026.11`, `2026.11.21`. */

const DAY_MS = 86_400_000;

/** A window in parts: what is counted as a whole, and what is left at its ends. */
export interface CountPlan {
  /** Months and days that lie in the window entirely. */
  readonly whole: readonly string[];
  /** Parts of days: `from ≤ at < to`, epoch milliseconds. */
  readonly parts: readonly { readonly day: string; readonly from: number; readonly to: number }[];
}

export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10).replaceAll('-', '.');
}

/** The names whose counts an event of this time changes. */
export function spansOf(at: number): readonly [month: string, day: string] {
  const day = dayOf(at);
  return [day.slice(0, 7), day];
}

/** Beginning and end of a month or a day. */
export function boundsOf(name: string): { readonly from: number; readonly to: number } {
  const [year = 0, month = 1, day] = name.split('.').map(Number);
  if (day === undefined) return { from: Date.UTC(year, month - 1), to: Date.UTC(year, month) };
  const from = Date.UTC(year, month - 1, day);
  return { from, to: from + DAY_MS };
}

/** The parts of `from ≤ at < to` that lie in these months. */
export function planOf(from: number, to: number, months: readonly string[]): CountPlan {
  const whole: string[] = [];
  const parts: CountPlan['parts'][number][] = [];
  for (const month of months) {
    const bounds = boundsOf(month);
    const start = Math.max(from, bounds.from);
    const end = Math.min(to, bounds.to);
    if (start >= end) continue;
    if (start === bounds.from && end === bounds.to) whole.push(month);
    else addDays(start, end);
  }
  return { whole, parts };

  function addDays(start: number, end: number): void {
    for (let at = start; at < end;) {
      const day = dayOf(at);
      const { from: first, to: next } = boundsOf(day);
      if (at === first && next <= end) whole.push(day);
      else parts.push({ day, from: at, to: Math.min(end, next) });
      at = next;
    }
  }
}
