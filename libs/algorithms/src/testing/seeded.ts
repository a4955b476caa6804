/** Uniform in (0, 1) from a seed (Park and Miller 1988): the same numbers on every machine. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}
