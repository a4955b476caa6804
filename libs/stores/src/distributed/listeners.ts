/** Who is told of something. That one of them fails is no failure of what he is told of. */
export class Listeners<T> {
  private readonly all = new Set<(told: T) => void>();

  constructor(private readonly onFailure: (error: unknown) => void) {}

  get size(): number {
    return this.all.size;
  }

  /** Returns what ends it. */
  add(listener: (told: T) => void): () => void {
    // One more function, so that a listener added twice is told twice and ends once.
    const tell = (told: T): void => listener(told);
    this.all.add(tell);
    return () => void this.all.delete(tell);
  }

  tell(told: T): void {
    for (const listener of this.all)
      try {
        listener(told);
      } catch (error) {
        this.onFailure(error);
      }
  }
}
