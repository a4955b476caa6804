import type { Interests } from './interests.types.js';

type Value = Interests['facets'][number]['values'][number];
interface Entry {
  weight: number;
  events: number;
  lastAt: number;
  readonly bytes: number;
}

/** Values of a facet; bytes of all as JSON. With prices and the frame it stays below 32 KiB. */
const [MOST_VALUES, MOST_BYTES] = [200, 22_000];
const MOST: Readonly<Record<string, number>> = { tags: 50, query: 30 };
/** What three numbers, brackets, quotes and commas take as JSON at most. */
const BYTES_AROUND = 60;
const encoder = new TextEncoder();

/**
 * Values by path while events are read. What is dropped follows from values and weights alone, whatever their order.
 */
export class ValueTable {
  readonly #facets = new Map<string, Map<string, Entry>>();
  #bytes = 0;

  constructor(facets: Interests['facets'], scale: number) {
    for (const { path, values } of facets)
      for (const [value, weight, events, lastAt] of values)
        this.#put(path, value, { weight: weight * scale, events, lastAt });
  }

  add(path: string, value: string, weight: number, at: number): void {
    const entry = this.#facets.get(path)?.get(value);
    if (entry === undefined) {
      this.#put(path, value, { weight, events: 1, lastAt: at });
      return;
    }
    entry.weight += weight;
    entry.events++;
    entry.lastAt = Math.max(entry.lastAt, at);
  }

  /**
   * Drops the weakest values of what has become too many. After each event, so that it is the same however events
   * come in.
   */
  trim(): void {
    for (const [path, facet] of this.#facets) {
      const most = Object.hasOwn(MOST, path) ? MOST[path]! : MOST_VALUES;
      while (facet.size > most) this.#dropWeakest([[path, facet]]);
    }
    while (this.#bytes > MOST_BYTES) this.#dropWeakest([...this.#facets]);
  }

  /** In the order of their names. */
  told(): Interests['facets'] {
    return [...this.#facets]
      .sort(([a], [b]) => compare(a, b))
      .map(([path, facet]) => ({
        path,
        values: [...facet]
          .map(([value, { weight, events, lastAt }]): Value => [value, weight, events, lastAt])
          .sort(([a], [b]) => compare(a, b)),
      }));
  }

  #put(path: string, value: string, entry: Omit<Entry, 'bytes'>): void {
    const facet = this.#facets.get(path) ?? new Map<string, Entry>();
    this.#facets.set(path, facet);
    const bytes = BYTES_AROUND + encoder.encode(JSON.stringify(path + value)).length;
    facet.set(value, { ...entry, bytes });
    this.#bytes += bytes;
  }

  #dropWeakest(facets: readonly (readonly [string, Map<string, Entry>])[]): void {
    let weakest: { readonly path: string; readonly value: string; readonly entry: Entry } | undefined;
    for (const [path, facet] of facets)
      for (const [value, entry] of facet) {
        const by = weakest === undefined ? -1 : Math.abs(entry.weight) - Math.abs(weakest.entry.weight);
        if (by < 0 || (by === 0 && compare(path + value, weakest!.path + weakest!.value) < 0))
          weakest = { path, value, entry };
      }
    if (weakest === undefined) return;
    const facet = this.#facets.get(weakest.path)!;
    facet.delete(weakest.value);
    if (facet.size === 0) this.#facets.delete(weakest.path);
    this.#bytes -= weakest.entry.bytes;
  }
}

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
