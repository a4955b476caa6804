import type { Feeds } from '@attune/training';
import { type Sequences, userCount } from '../data/sequences.js';

/**
 * The item at `place` of the sequences is asked for, given its neighbors of the same user on one side: those from
 * `place` to before `end`, going down where `end` is below.
 */
export interface AdapterLesson {
  readonly place: number;
  readonly end: number;
}

/** What lessons are about. */
export interface LessonWorld {
  readonly sequences: Sequences;
  /** [items × dims], of unit length. */
  readonly vectors: Float32Array;
  readonly dims: number;
  /** Neighbors that count. */
  readonly last: number;
  /** Weight of a neighbor beside that of the next nearer one. */
  readonly decay: number;
  /** Most candidates of a step. */
  readonly candidates: number;
  /** How much of its popularity a candidate is given, so that its vector need not tell it. */
  readonly popularity: number;
  readonly random: () => number;
}

/** What a step chooses from. */
interface Candidates {
  /** Items by their place among the candidates. */
  readonly rows: Int32Array;
  /** The other way round, by item. */
  readonly placeOf: Int32Array;
  readonly feeds: Feeds;
}

/** Two for each place that has other items on both sides: one from what came before, one from what came after. O(n). */
export function lessonsOf(sequences: Sequences): AdapterLesson[] {
  const lessons: AdapterLesson[] = [];
  for (let user = 0; user < userCount(sequences); user++) {
    const [start, end] = [sequences.offsets[user]!, sequences.offsets[user + 1]!];
    const own = sequences.items.subarray(start, end);
    // Two items differ before or at a place from here on, and from a place up to there: one of them is not the place's.
    const from = start + own.findIndex((item) => item !== own[0]);
    const upTo = start + own.findLastIndex((item) => item !== own.at(-1));
    if (from < start) continue;
    for (let place = start; place < end; place++) {
      if (place >= from) lessons.push({ place, end: start - 1 });
      if (place <= upTo) lessons.push({ place, end });
    }
  }
  return lessons;
}

/**
 * Makes the inputs of a step from its lessons. All items of the sequences are candidates; where they are too many,
 * those of the step and a sample of the others, whose logits are raised so that they stand for all others.
 */
export function stepFeeds(world: LessonWorld): (lessons: readonly AdapterLesson[]) => Feeds {
  const { sequences, decay, last, candidates } = world;
  const known = Int32Array.from(new Set(sequences.items));
  const logits = popularityLogits(world);
  const all = known.length <= candidates ? candidatesOf(world, known, logits) : undefined;
  return (lessons) => {
    const neighbors = lessons.map((lesson) => neighborsOf(sequences, lesson, last));
    const targets = Int32Array.from(lessons, ({ place }) => sequences.items[place]!);
    const { rows, placeOf, feeds } =
      all ?? sampled(world, known, { logits, needed: new Set([...targets, ...neighbors.flat()]) });
    const contexts = new Float32Array(lessons.length * rows.length);
    neighbors.forEach((items, i) =>
      items.forEach((item, age) => (contexts[i * rows.length + placeOf[item]!]! += decay ** age)),
    );
    return {
      ...feeds,
      contexts: { values: contexts, shape: [lessons.length, rows.length] },
      targets: targets.map((item) => placeOf[item]!),
      ones: new Float32Array(lessons.length).fill(1),
      weight: Float32Array.of(1 / lessons.length),
    };
  };
}

/** Other items beside a place, the nearest first. */
function neighborsOf({ items }: Sequences, { place, end }: AdapterLesson, last: number): number[] {
  const step = Math.sign(end - place);
  const neighbors: number[] = [];
  for (let at = place + step; at !== end && neighbors.length < last; at += step)
    if (items[at] !== items[place]) neighbors.push(items[at]!);
  return neighbors;
}

/** What popularity adds to the logit of each item: that many times log(1 + events). */
function popularityLogits({ sequences, popularity }: LessonWorld): Float32Array {
  const counts = new Float32Array(sequences.itemCount);
  for (const item of sequences.items) counts[item]!++;
  return counts.map((count) => popularity * Math.log1p(count));
}

/** @param logits by item */
function candidatesOf({ vectors, dims, sequences }: LessonWorld, rows: Int32Array, logits: Float32Array): Candidates {
  const placeOf = new Int32Array(sequences.itemCount);
  const own = new Float32Array(rows.length * dims);
  rows.forEach((row, at) => {
    placeOf[row] = at;
    own.set(vectors.subarray(row * dims, (row + 1) * dims), at * dims);
  });
  return { rows, placeOf, feeds: { vectors: own, shifts: Float32Array.from(rows, (row) => logits[row]!) } };
}

interface Sampling {
  readonly logits: Float32Array;
  readonly needed: ReadonlySet<number>;
}

/** The items that a step needs, and others by chance up to the most that there may be; those stand for all others. */
function sampled(world: LessonWorld, known: Int32Array, { logits, needed }: Sampling): Candidates {
  const rows = new Set(needed);
  const most = Math.min(known.length, Math.max(world.candidates, needed.size + 1));
  while (rows.size < most) rows.add(known[Math.floor(world.random() * known.length)]!);
  const raise = Math.log((known.length - needed.size) / (rows.size - needed.size));
  const raised = logits.slice();
  for (const row of rows) if (!needed.has(row)) raised[row]! += raise;
  return candidatesOf(world, Int32Array.from(rows), raised);
}
