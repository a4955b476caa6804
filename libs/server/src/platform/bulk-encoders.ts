import type { BulkEncoder } from '@attune/inference';

/** How long an unused thread is kept: writes come in bursts, and opening a model takes longer than embedding a few. */
const REST_MS = 10_000;

interface Lent {
  readonly encoder: Promise<BulkEncoder>;
  users: number;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Models in threads of their own, opened when needed, shared by whoever works with them at the same time, and let go
 * when nobody does: an idle server keeps one copy of a model.
 */
export class BulkEncoders {
  readonly #lent = new Map<string, Lent>();
  readonly #closing = new Set<Promise<void>>();

  constructor(
    private readonly open: (space: string) => Promise<BulkEncoder>,
    private readonly restMs = REST_MS,
  ) {}

  /** Runs work with the model of a space. */
  async with<T>(space: string, work: (encoder: BulkEncoder) => Promise<T>): Promise<T> {
    const lent = this.#lend(space);
    try {
      return await work(await lent.encoder);
    } catch (error) {
      // It may be the thread that broke: whoever comes next gets a new one.
      this.#forget(space, lent);
      throw error;
    } finally {
      lent.users -= 1;
      if (lent.users === 0) this.#rest(space, lent);
    }
  }

  /** Ends the threads, each after the text it is at. May be called twice. */
  async close(): Promise<void> {
    for (const [space, lent] of this.#lent) {
      this.#forget(space, lent);
      this.#end(lent);
    }
    await Promise.all(this.#closing);
  }

  #lend(space: string): Lent {
    let lent = this.#lent.get(space);
    if (lent === undefined) this.#lent.set(space, (lent = { encoder: this.open(space), users: 0, timer: undefined }));
    clearTimeout(lent.timer);
    lent.users += 1;
    return lent;
  }

  #forget(space: string, lent: Lent): void {
    if (this.#lent.get(space) === lent) this.#lent.delete(space);
  }

  #rest(space: string, lent: Lent): void {
    if (this.#lent.get(space) !== lent) return this.#end(lent);
    lent.timer = setTimeout(() => {
      this.#forget(space, lent);
      this.#end(lent);
    }, this.restMs);
    lent.timer.unref();
  }

  /** Cooperatively: an ONNX thread that is ended from outside while it is busy aborts the process. */
  #end({ encoder, timer }: Lent): void {
    clearTimeout(timer);
    const closing = encoder.then(
      (opened) => opened.close(),
      () => undefined,
    );
    this.#closing.add(closing);
    void closing.finally(() => this.#closing.delete(closing)).catch(() => undefined);
  }
}
