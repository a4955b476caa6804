/** Enough for the times until the year 5188. */
const TIME_DIGITS = 9;
const COUNTER_DIGITS = 4;

const text = (value: number, digits: number): string => value.toString(36).padStart(digits, '0');

/** Where in the order of arrival a time begins. */
export const arrivalOf = (ms: number): string => text(Math.floor(ms), TIME_DIGITS);

/** When a stamp was given, epoch milliseconds. */
export const timeOf = (arrival: string): number => Number.parseInt(arrival.slice(0, TIME_DIGITS), 36);

/**
 * Places in the order of arrival, as text that sorts: milliseconds, a counter, and the process. Ascending within a
 * process, whatever its clock does; between processes as far as their clocks agree. No two are equal.
 */
export class ArrivalStamps {
  private ms = 0;
  private count = 0;

  constructor(
    /** Epoch milliseconds. */
    readonly now: () => number,
    /** Random text of this process alone, of a fixed length. */
    private readonly process: string,
  ) {}

  next(): string {
    const now = Math.floor(this.now());
    this.count = now > this.ms ? 0 : this.count + 1;
    if (this.count === 36 ** COUNTER_DIGITS) [this.ms, this.count] = [this.ms + 1, 0];
    this.ms = Math.max(this.ms, now);
    return text(this.ms, TIME_DIGITS) + text(this.count, COUNTER_DIGITS) + this.process;
  }

  /** Whether a stamp is of this process. */
  isOwn(arrival: string): boolean {
    return arrival.endsWith(this.process);
  }

  /** Whether a stamp may be from before one of this process: certain for its own, presumed for those of others. */
  mayPrecede(arrival: string, own: string): boolean {
    return arrival <= own || !this.isOwn(arrival);
  }
}
