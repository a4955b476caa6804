import { sequenceOf, type Sequences, userCount } from '../data/sequences.js';
import { shuffled } from './shuffled.js';

/** Neighboring items of one user: `items[from]` to before `items[to]` of the sequences. */
export interface SequenceWindow {
  readonly from: number;
  readonly to: number;
}

/** A window with fewer steps teaches little for what it costs, unless it is the latest of its user. */
const SHORTEST = 5;

/**
 * Cuts each sequence into windows of up to `steps` + 1 items, from its end backwards; a window's first item is the one
 * before's last, so that each step from one item to the next is in one window. Half of the longer sequences lose some
 * of their end first, so that windows do not start at the same items each time.
 * @returns windows of all users with at least two items, in random order
 */
export function drawWindows(sequences: Sequences, steps: number, random: () => number): SequenceWindow[] {
  const windows: SequenceWindow[] = [];
  for (let user = 0; user < userCount(sequences); user++) {
    const [start, end] = [sequences.offsets[user]!, sequences.offsets[user + 1]!];
    const shift = end - start > steps + 1 && random() < 0.5 ? Math.floor((random() * steps) / 2) : 0;
    for (let to = end - shift; to > start + 1;) {
      const from = Math.max(start, to - steps - 1);
      if (to - from >= SHORTEST || to === end) windows.push({ from, to });
      to = from + 1;
    }
  }
  return shuffled(windows, random);
}

/** How many users have at least two items: the others teach nothing about what follows. */
export function usersWithSteps(sequences: Sequences): number {
  let count = 0;
  for (let user = 0; user < userCount(sequences); user++) if (sequenceOf(sequences, user).length > 1) count++;
  return count;
}

/** Lists of up to `size`, in order. */
export function chunksOf<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
}
