import type { Feeds } from '@attune/training';
import type { MaskOf } from './sequence.graph.js';

/** How a kind of model lays items out for its transformer. `window` is the number of positions. */
export interface SequenceLayout {
  /** Rows of the table behind those of the items. */
  readonly tokens: number;
  /** What a step learns from windows of 2 to `steps(window)` + 1 items. */
  lesson(windows: readonly Int32Array[], world: LayoutWorld, random: () => number): Lesson;
  /** Steps from one item to the next in the longest window. */
  steps(window: number): number;
  lessonMask(window: number): MaskOf;
  /** Inputs that ask what follows each history of up to `latest(window)` items. */
  question(histories: readonly (readonly number[])[], world: LayoutWorld): Feeds;
  /** Items of a history that count. */
  latest(window: number): number;
  questionMask(window: number): MaskOf;
}

export interface LayoutWorld {
  readonly itemCount: number;
  readonly window: number;
}

export interface Lesson {
  /** Inputs of the transformer. */
  readonly feeds: Feeds;
  /** Places that are asked about. */
  readonly rows: Int32Array;
  /** Their items. */
  readonly targets: Int32Array;
}

/** Rows of the table and their positions, window after window. */
export type PlacedItems = Readonly<Record<'items' | 'positions', Int32Array>>;

/**
 * Puts lists at the first places of windows. Positions count from the end: the last of a list is at the last position,
 * however long the list is. The other places have row and position 0: no place that counts may see them.
 * @param places of a window
 * @param positions at least as many as the longest list has items
 */
export function placeItems(lists: readonly ArrayLike<number>[], places: number, positions: number): PlacedItems {
  const placed = { items: new Int32Array(lists.length * places), positions: new Int32Array(lists.length * places) };
  lists.forEach((list, at) => {
    placed.items.set(list, at * places);
    for (let i = 0; i < list.length; i++) placed.positions[at * places + i] = positions - list.length + i;
  });
  return placed;
}
