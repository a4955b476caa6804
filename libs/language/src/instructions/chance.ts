/** A stream of numbers in [0, 1). */
export type Chance = () => number;

/** Steps between the states of a counter, and factors that mix their bits (a 32-bit finalizer of two rounds). */
const [STEP, FIRST, SECOND] = [0x9e3779b9, 0x21f0aaad, 0x735a2d97];

/** Numbers that follow from these alone: an example draws the same, whatever else is made beside it. */
export function chanceOf(...seeds: readonly number[]): Chance {
  let state = seeds.reduce((mixed, seed) => mixedBits((mixed ^ (seed >>> 0)) + STEP), 0);
  return () => {
    state = (state + STEP) >>> 0;
    return mixedBits(state) / 2 ** 32;
  };
}

/** `count` of the values, each set equally likely, in their order; all where there are no more (Knuth, algorithm S). */
export function drawn(values: Int32Array, count: number, chance: Chance): Int32Array {
  let wanted = Math.min(count, values.length);
  return values.filter((_, i) => {
    if (chance() * (values.length - i) >= wanted) return false;
    wanted -= 1;
    return true;
  });
}

/** The values in random order. */
export function shuffled<T>(values: readonly T[], chance: Chance): readonly T[] {
  const order = [...values];
  for (let i = order.length - 1; i > 0; i--) {
    const other = Math.floor(chance() * (i + 1));
    [order[i], order[other]] = [order[other]!, order[i]!];
  }
  return order;
}

function mixedBits(bits: number): number {
  let mixed = bits >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), FIRST);
  mixed = Math.imul(mixed ^ (mixed >>> 15), SECOND);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
