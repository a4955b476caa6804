/** Work on ids: one after the other where two have an id in common, in the order it is asked for. */
export class TurnsById {
  private readonly last = new Map<string, Promise<unknown>>();

  /** A failure is its caller's and keeps nobody else waiting. */
  async take<T>(ids: readonly string[], work: () => Promise<T>): Promise<T> {
    const before = new Set(ids.flatMap((id) => this.last.get(id) ?? []));
    const done = Promise.allSettled(before).then(work);
    for (const id of ids) this.last.set(id, done);
    try {
      return await done;
    } finally {
      for (const id of ids) if (this.last.get(id) === done) this.last.delete(id);
    }
  }

  /** Resolves when everything asked for so far is done. */
  async settled(): Promise<void> {
    await Promise.allSettled(new Set(this.last.values()));
  }
}
