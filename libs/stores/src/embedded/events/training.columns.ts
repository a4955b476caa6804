import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TrainingData } from '@attune/sdk';
import type { EntryTable } from './entry.table.js';
import { ownerAt, type People } from './people.js';
import type { Timeline } from './timeline.js';

/** `TrainingData.types` is a byte: types beyond this many are left out (configuration names far fewer). */
const MOST_TYPES = 256;

interface Columns {
  readonly table: EntryTable;
  readonly timeline: Timeline;
  readonly people: People;
}

/** Entries read at a time: a few milliseconds, so that slates come in between. */
const ENTRIES_AT_A_TIME = 20_000;

/**
 * Everything that names an item, up to a time, as of the call: events that arrive while it is read are not in it. A
 * person is a user with the anonymous ids joined to him; who never joined is `anonymous:<id>`. Users that `admits` says
 * no to are left out with everything joined to them.
 */
export async function trainingColumns(
  { table, timeline, people }: Columns,
  until: number,
  admits: (userId: string) => boolean,
): Promise<TrainingData> {
  const entries = timeline.entries().slice(0, timeline.countUntil(until));
  const personOf = persons(people, admits);
  const users = new Renumbering(people.size);
  const items = new Renumbering(table.itemIds.size);
  const types = new Renumbering(table.typeNames.size);
  const columns = columnsOf(entries.length);
  let size = 0;
  for (let i = 0; i < entries.length; i++) {
    if (i % ENTRIES_AT_A_TIME === 0) await nextTurn();
    const entry = entries[i]!;
    const person = personOf[table.subjects[entry]!]!;
    if (person < 0 || table.items[entry]! < 0 || table.types[entry]! >= MOST_TYPES) continue;
    columns.users[size] = users.of(person);
    columns.items[size] = items.of(table.items[entry]!);
    columns.types[size] = types.of(table.types[entry]!);
    columns.at[size] = table.at[entry]!;
    columns.values[size] = table.values[entry]!;
    size += 1;
  }
  return {
    size,
    ...cut(columns, size),
    userIds: users.used.map((row) => nameOf(people, row)),
    itemIds: items.used.map((row) => table.itemIds.id(row)),
    typeNames: types.used.map((row) => table.typeNames.id(row)),
  };
}

type TrainingColumns = Pick<TrainingData, 'users' | 'items' | 'types' | 'at' | 'values'>;

const columnsOf = (size: number): TrainingColumns => ({
  users: new Int32Array(size),
  items: new Int32Array(size),
  types: new Uint8Array(size),
  at: new Float64Array(size),
  values: new Float32Array(size),
});

const cut = ({ users, items, types, at, values }: TrainingColumns, size: number): TrainingColumns => ({
  users: users.subarray(0, size),
  items: items.subarray(0, size),
  types: types.subarray(0, size),
  at: at.subarray(0, size),
  values: values.subarray(0, size),
});

/** Row of the person each subject belongs to, by the newest join; −1 = not to be learned from. */
function persons(people: People, admits: (userId: string) => boolean): Int32Array {
  return Int32Array.from({ length: people.size }, (_, row) => {
    const subject = people.subject(row);
    const person = subject === undefined ? undefined : (ownerAt(subject, Infinity) ?? subject);
    if (person === undefined || (!person.anonymous && !admits(person.id))) return -1;
    return person.row;
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
