/** A signal that follows others and a limit of time. `AbortSignal.any` would leave its limit behind when the work is done. */
export class JoinedSignal {
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  readonly signal: AbortSignal = this.controller.signal;

  constructor(private readonly sources: readonly AbortSignal[]) {
    for (const source of sources) {
      if (source.aborted) this.controller.abort(source.reason);
      else source.addEventListener('abort', this.follow);
    }
  }

  /** Aborts with this reason in `ms`, unless it is called again or rests before. */
  within(ms: number, reasonOf: () => Error): void {
    this.rest();
    this.timer = setTimeout(() => this.controller.abort(reasonOf()), ms);
  }

  /** No limit of time, until the next. */
  rest(): void {
    clearTimeout(this.timer);
  }

  /** Follows nothing from here on. Safe to repeat. */
  end(): void {
    this.rest();
    for (const source of this.sources) source.removeEventListener('abort', this.follow);
  }

  private readonly follow = (): void => {
    this.controller.abort(this.sources.find((source) => source.aborted)?.reason);
  };
}
