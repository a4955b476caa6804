/**
 * Work that serves all who wait for it: a call is served by the first run that begins after it. At most one runs and one
 * waits.
 */
export class Coalesced {
  private running: Promise<void> | undefined;
  private waiting: Promise<void> | undefined;

  constructor(private readonly work: () => Promise<void>) {}

  /** Resolves when a run that began after the call is done; rejects with its error. */
  run(): Promise<void> {
    if (this.running === undefined) return this.begin();
    this.waiting ??= this.running.then(
      () => this.next(),
      () => this.next(),
    );
    return this.waiting;
  }

  private next(): Promise<void> {
    this.waiting = undefined;
    return this.begin();
  }

  private begin(): Promise<void> {
    const run = this.work().finally(() => {
      if (this.running === run) this.running = undefined;
    });
    this.running = run;
    return run;
  }
}
