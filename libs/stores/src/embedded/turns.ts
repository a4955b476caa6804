/** Work done one after the other, in the order it is asked for; a failure is its caller's and keeps nobody else waiting. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  take<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last.then(work);
    this.last = done.catch(() => undefined);
    return done;
  }

  /** Resolves when everything asked for so far is done. */
  async settled(): Promise<void> {
    await this.last;
  }
}
