import type { RankingTask } from './ranking.task.js';
import { itemCounts } from './item-counts.js';

/** Some of the test cases, which are told apart. */
export interface Slice {
  readonly name: string;
  /** Places in the task's test cases. */
  readonly cases: readonly number[];
}

/** Longest histories of the slices by length; the last is open. */
const LENGTHS = [5, 20, 50, Infinity] as const;
/** An item that fewer people have is rare. */
const RARE = 5;

/** Test cases by how much of somebody is known, and those that want items which nobody or few had. Empty ones are left out. */
export function slicesOf({ test, log }: RankingTask): readonly Slice[] {
  const counts = itemCounts(log);
  const where = (name: string, belongs: (at: number) => boolean): Slice => ({
    name,
    cases: [...test.keys()].filter(belongs),
  });
  const lengthOf = (at: number): number => test[at]!.history.length;
  const byLength = LENGTHS.map((most, i) => {
    const least = i === 0 ? 1 : LENGTHS[i - 1]! + 1;
    const name = most === Infinity ? `history of ${least} and more` : `history of ${least} to ${most}`;
    return where(name, (at) => lengthOf(at) >= least && lengthOf(at) <= most);
  });
  const alone = (at: number): number | undefined =>
    test[at]!.wanted.length === 1 ? counts[test[at]!.wanted[0]!] : undefined;
  const byItem = [
    where('new items', (at) => alone(at) === 0),
    where(`items of 1 to ${RARE} users`, (at) => alone(at)! >= 1 && alone(at)! <= RARE),
  ];
  return [...byLength, ...byItem].filter(({ cases }) => cases.length > 0);
}
