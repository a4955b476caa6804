/** Time as an argument. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Milliseconds that only grow, for measuring. */
  monotonic(): number;
}
