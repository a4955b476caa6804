import { AttuneError } from '@attune/sdk';

interface Waiting {
  readonly rows: number;
  readonly enter: () => void;
}

/**
 * Rows that are being stored, of all requests at once: bounded, so that a store that became slow slows those who send
 * instead of filling memory. One batch always finds room, however large.
 */
export class IntakeGate {
  private rows = 0;
  private readonly waiting: Waiting[] = [];

  constructor(private readonly mostRows: number) {}

  /**
   * Stores rows once there is room for them; who waits goes first. `mayWait` false: refused where there is none.
   *
   * @throws AttuneError `TOO_BUSY`: nothing of it was stored.
   */
  async pass<T>(rows: number, mayWait: boolean, store: () => Promise<T>): Promise<T> {
    if (this.waiting.length === 0 && this.fits(rows)) this.rows += rows;
    else if (mayWait) await new Promise<void>((enter) => this.waiting.push({ rows, enter }));
    else throw new AttuneError('TOO_BUSY', `${this.rows} rows are being stored already: send these again in a second`);
    try {
      return await store();
    } finally {
      this.rows -= rows;
      this.admit();
    }
  }

  private fits(rows: number): boolean {
    return this.rows === 0 || this.rows + rows <= this.mostRows;
  }

  private admit(): void {
    for (let [next] = this.waiting; next !== undefined && this.fits(next.rows); [next] = this.waiting) {
      this.waiting.shift();
      this.rows += next.rows;
      next.enter();
    }
  }
}
