/** Normal and gamma numbers from uniform ones. */
export class Draws {
  private spare = 0;
  private hasSpare = false;

  /** @param random uniform in [0, 1) */
  constructor(private readonly random: () => number) {}

  /** Mean 0, deviation 1 (Marsaglia and Bray 1964, the polar method). */
  normal(): number {
    if (this.hasSpare) {
      this.hasSpare = false;
      return this.spare;
    }
    for (;;) {
      const x = 2 * this.random() - 1;
      const y = 2 * this.random() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      this.spare = y * factor;
      this.hasSpare = true;
      return x * factor;
    }
  }

  /** As `normal`, of those above `least` (far out by Robert 1995: from an exponential distribution). Throws RangeError for NaN. */
  normalAbove(least: number): number {
    if (Number.isNaN(least)) throw new RangeError('no number is above NaN');
    for (;;) {
      if (least < 0.3) {
        const x = this.normal();
        if (x > least) return x;
        continue;
      }
      const rate = (least + Math.sqrt(least * least + 4)) / 2;
      const x = least - Math.log(1 - this.random()) / rate;
      if (this.random() < Math.exp(-0.5 * (x - rate) ** 2)) return x;
    }
  }

  /** Shape >= 1, rate 1; mean `shape` (Marsaglia and Tsang 2000). */
  gamma(shape: number): number {
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - this.random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  }
}
