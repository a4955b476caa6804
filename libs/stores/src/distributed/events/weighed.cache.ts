interface Entry<V> {
  readonly value: V;
  readonly weight: number;
  /** Whether it was asked for since it was put, or since it was spared last. */
  wasUsed: boolean;
}

/**
 * A map whose values have weights: once they are too heavy together it forgets those that were put first, sparing once
 * what was asked for since (second chance). Asking moves nothing: slates ask for hundreds of values.
 */
export class WeighedCache<K, V> {
  private readonly entries = new Map<K, Entry<V>>();
  private weight = 0;

  constructor(private readonly capacity: number) {}

  get(key: K): V | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    entry.wasUsed = true;
    return entry.value;
  }

  /** What is heavier than the whole cache is not kept. */
  set(key: K, value: V, weight: number): void {
    this.delete(key);
    if (weight > this.capacity) return;
    this.entries.set(key, { value, weight, wasUsed: false });
    this.weight += weight;
    for (const [oldest, entry] of this.entries) {
      if (this.weight <= this.capacity) return;
      if (oldest !== key && !entry.wasUsed) this.delete(oldest);
      else this.spare(oldest, entry);
    }
  }

  delete(key: K): void {
    this.weight -= this.entries.get(key)?.weight ?? 0;
    this.entries.delete(key);
  }

  /** As if it had just been put; the loop that goes over the entries meets it again at their end. */
  private spare(key: K, entry: Entry<V>): void {
    entry.wasUsed = false;
    this.entries.delete(key);
    this.entries.set(key, entry);
  }
}
