import { performance } from 'node:perf_hooks';

/** The clock of a spec in place of `performance.now`: no time passes but what the spec says, however busy the machine is. */
export class HandClock {
  private ms = 0;
  private readonly spy = jest.spyOn(performance, 'now').mockImplementation(() => this.ms);

  /** Lets so many seconds pass. */
  pass(seconds: number): void {
    this.ms += seconds * 1000;
  }

  /** The machine's own clock again. */
  restore(): void {
    this.spy.mockRestore();
  }
}
