import type { Deadline } from '@attune/sdk';

interface Alarm {
  readonly at: number;
  ring(): void;
}

/** A clock that stands still until it is told to go on: time in tests without waiting. */
export class ManualClock {
  private alarms: Alarm[] = [];
  constructor(private time = 0) {}

  /** Epoch milliseconds. */
  now(): number {
    return this.time;
  }

  /** Moves the clock forward; whatever waits for a moment on the way happens, in order of time. */
  advance(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const due = this.alarms.filter((alarm) => alarm.at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.alarms = this.alarms.filter((alarm) => alarm !== due);
      this.time = Math.max(this.time, due.at);
      due.ring();
    }
    this.time = end;
  }

  /** Resolves once the clock has gone on by `ms`. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.alarms.push({ at: this.time + ms, ring: resolve }));
  }

  /** A deadline `ms` from now on this clock; its signal aborts when the clock gets there. */
  deadline(ms: number): Deadline {
    const controller = new AbortController();
    const end = this.time + ms;
    if (ms <= 0) controller.abort();
    else this.alarms.push({ at: end, ring: () => controller.abort() });
    return { signal: controller.signal, remainingMs: () => Math.max(0, end - this.time) };
  }
}
