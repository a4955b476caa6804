import type { TrainingData } from '@attune/sdk';
import type { EntryTable } from './entry.table.js';
import { ownerAt, type People } from './people.js';
import type { Timeline } from './timeline.js';

/** `TrainingData.types` is a byte: types beyond this many are left out (configuration names far fewer). */
const MOST_TYPES = 256;

/**
 * Everything that names an item, up to a time. A person is a user with the anonymous ids joined to him; who never
 * joined is `anonymous:<id>`.
 */
export function trainingColumns(table: EntryTable, timeline: Timeline, people: People, until: number): TrainingData {
  const entries = timeline
    .entries()
    .subarray(0, timeline.countUntil(until))
    .filter((entry) => table.items[entry]! >= 0 && table.types[entry]! < MOST_TYPES);
  const personOf = persons(people);
  const users = new Renumbering(people.size);
  const items = new Renumbering(table.itemIds.size);
  const types = new Renumbering(table.typeNames.size);
  const size = entries.length;
  const columns = {
    users: new Int32Array(size),
    items: new Int32Array(size),
    types: new Uint8Array(size),
    at: new Float64Array(size),
    values: new Float32Array(size),
  };
  // A plain loop: slates wait while it runs.
  for (let i = 0; i < size; i++) {
    const entry = entries[i]!;
    columns.users[i] = users.of(personOf[table.subjects[entry]!]!);
    columns.items[i] = items.of(table.items[entry]!);
    columns.types[i] = types.of(table.types[entry]!);
    columns.at[i] = table.at[entry]!;
    columns.values[i] = table.values[entry]!;
  }
  return {
    size,
    ...columns,
    userIds: users.used.map((row) => nameOf(people, row)),
    itemIds: items.used.map((row) => table.itemIds.id(row)),
    typeNames: types.used.map((row) => table.typeNames.id(row)),
  };
}

/** Row of the person each subject belongs to, by the newest join. */
function persons(people: People): Int32Array {
  return Int32Array.from({ length: people.size }, (_, row) => {
    const subject = people.subject(row);
    return subject === undefined ? row : (ownerAt(subject, Infinity)?.row ?? row);
  });
}

function nameOf(people: People, row: number): string {
  const subject = people.subject(row);
  if (subject === undefined) return '';
  return subject.anonymous ? `anonymous:${subject.id}` : subject.id;
}

/** Gives the rows that occur dense numbers, in order of first occurrence. */
class Renumbering {
  readonly used: number[] = [];
  private readonly numbers: Int32Array;

  constructor(size: number) {
    this.numbers = new Int32Array(size).fill(-1);
  }

  of(row: number): number {
    if (this.numbers[row]! < 0) this.numbers[row] = this.used.push(row) - 1;
    return this.numbers[row]!;
  }
}
