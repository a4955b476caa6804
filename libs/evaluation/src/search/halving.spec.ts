import { Halving } from './halving.js';
import type { Options } from './options.js';

/** Options that are as good as their number, and what is judged on the first rung. */
function begun(figures: readonly number[], rungs = 2) {
  const halving = new Halving(rungs);
  const all = figures.map((x): Options => ({ x }));
  all.forEach((options, i) => halving.judged({ options, rung: 0 }, figures[i]!));
  return { halving, all };
}

it('lets the best third of a rung go on, as soon as there is a third', () => {
  expect(begun([1, 2]).halving.promoted()).toBeUndefined();
  const { halving, all } = begun([1, 9, 2]);
  expect(halving.promoted()).toEqual({ options: all[1], rung: 1 });
  halving.judged(halving.promoted()!, 5);
  expect(halving.promoted()).toBeUndefined();
});

it('takes from the furthest rung first', () => {
  const { halving, all } = begun([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const went: number[] = [];
  // The second rung thinks otherwise than the first.
  for (let step = halving.promoted(); step !== undefined; step = halving.promoted()) {
    const x = Number(step.options['x']);
    went.push(10 * step.rung + x);
    halving.judged(step, -x);
  }
  expect(went).toEqual([19, 18, 17, 27]);
  expect(halving.waiting()).toEqual([8, 9, 6, 5, 4, 3, 2, 1].map((x) => all[x - 1]));
});

it('lets a later one go on that is better than those before it', () => {
  const { halving } = begun([1, 2, 3]);
  halving.judged(halving.promoted()!, 3);
  for (const x of [4, 0, 0.5]) halving.judged({ options: { x }, rung: 0 }, x);
  // Two of six: the best goes, the second best went before.
  expect(halving.promoted()).toEqual({ options: { x: 4 }, rung: 1 });
});

it('counts what was judged in full already among those of a rung, and lets it go nowhere', () => {
  const { halving, all } = begun([7, 1, 2]);
  halving.judged({ options: all[0]!, rung: 2 }, 0.5);
  expect(halving.promoted()).toBeUndefined();
  expect(halving.waiting()).toEqual([all[2], all[1]]);
});

it('keeps equals in their order', () => {
  const { halving, all } = begun([1, 1, 1], 1);
  expect(halving.promoted()).toEqual({ options: all[0], rung: 1 });
  expect(halving.waiting()).toEqual(all);
});
