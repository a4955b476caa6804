/** Lets at most `width` callers in at a time, first come first served. */
export class Gate {
  private readonly queue: (() => void)[] = [];

  constructor(private free: number) {}

  /** Runs `work` when there is room. */
  async through<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free--;
    else await new Promise<void>((enter) => this.queue.push(enter));
    try {
      return await work();
    } finally {
      const next = this.queue.shift();
      if (next === undefined) this.free++;
      else next();
    }
  }
}
