import type { Degraded } from '@attune/sdk';

/** How many slates lacked a plugin's part, and why. */
export interface DegradedCount {
  readonly plugin: string;
  readonly code: string;
  readonly slates: number;
}

/** Counts what was left out of many slates. */
export class Degradations {
  readonly #slates = new Map<string, DegradedCount>();

  add(degraded: readonly Pick<Degraded, 'plugin' | 'code'>[]): void {
    for (const { plugin, code } of degraded) {
      const key = `${plugin} ${code}`;
      this.#slates.set(key, { plugin, code, slates: (this.#slates.get(key)?.slates ?? 0) + 1 });
    }
  }

  /** Most frequent first. */
  counts(): readonly DegradedCount[] {
    return [...this.#slates.values()].sort((a, b) => b.slates - a.slates);
  }
}
