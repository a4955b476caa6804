import { meanOf } from '../metrics/bootstrap.js';
import type { Options } from './options.js';

/** Seconds that options take, by what they took on the first rung, and by how much longer in full others took than there. */
export class RungCosts {
  private readonly first: Map<Options, number>;

  constructor(
    defaults: Options,
    private firstOfSome: number,
    private fullOfSome: number,
  ) {
    this.first = new Map([[defaults, firstOfSome]]);
  }

  /** Options that were on no rung yet are taken to be as the mean of others. */
  of(options: Options, share: number): number {
    const first = this.first.get(options) ?? meanOf([...this.first.values()]);
    return first * Math.max(1, (share * this.fullOfSome) / this.firstOfSome);
  }

  onFirst(options: Options, seconds: number): void {
    this.first.set(options, seconds);
  }

  inFull(options: Options, seconds: number): void {
    this.firstOfSome += this.first.get(options) ?? 0;
    this.fullOfSome += seconds;
  }
}
