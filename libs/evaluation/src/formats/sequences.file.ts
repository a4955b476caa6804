import { DataFileError } from './evaluation.errors.js';
import { linesOf } from './file-lines.js';
import { IdRows } from './id-rows.js';
import { isoTime } from './moment.cell.js';
import { layoutOf, placesOf, readTable, type TableLayout } from './table.file.js';

/** Users' items, oldest first, by rows. */
export interface SequenceData {
  readonly userIds: readonly string[];
  readonly itemIds: readonly string[];
  /** One a user. */
  readonly sequences: readonly Int32Array[];
  /** What was left out, for a person to read. */
  readonly notes: readonly string[];
}

/** The part of a file that has a column `part`: others repeat it as somebody else's targets. */
const OWN_PART = 'train';

/**
 * Reads what users did in order, from
 *   - lines `user item item …`, oldest first, separated by blanks; lines of one user follow each other;
 *   - a table with `user`, `item` and `pos` or `time`; without either, rows are in order. Where it has a column `part`, the
 *     rows of part `train` are read.
 * Throws DataFileError.
 */
export async function readSequences(files: readonly string[]): Promise<SequenceData> {
  const log = new SequenceLog();
  for (const file of files) {
    const layout = await layoutOf(file);
    if (layout === undefined) await readLines(file, log);
    else await readRows(file, layout, log);
  }
  const data = log.data();
  if (data.sequences.length === 0)
    throw new DataFileError(
      [`${files.join(', ')}: no sequence in it`, ...data.notes].join('; '),
      'Give lines "user item item …", oldest first.',
    );
  return data;
}

async function readLines(file: string, log: SequenceLog): Promise<void> {
  let number = 0;
  for await (const line of linesOf(file)) {
    number += 1;
    const [user, ...items] = line.trim().split(/\s+/);
    if (user === undefined || user === '') continue;
    if (number === 1 && placesOf([user]).has('user') && placesOf(items).has('item'))
      throw new DataFileError(`${file}: blanks between names of columns`, 'Separate columns by commas or tabs.');
    if (items.length === 0 || line.includes(','))
      throw new DataFileError(
        `${file}:${number}: not a line "user item item …"`,
        'Give lines of ids separated by blanks, oldest item first, or a table whose first line names user and item.',
      );
    for (const item of items) log.add(user, item);
  }
}

async function readRows(file: string, { places }: TableLayout, log: SequenceLog): Promise<void> {
  const order = (['position', 'time'] as const).filter((name) => places.has(name)).slice(0, 1);
  let leftOut = 0;
  await readTable(file, { required: ['user', 'item', ...order], optional: ['part'] }, (cells, line) => {
    const part = cells.at(-1)!;
    if (part !== '' && part !== OWN_PART) leftOut += 1;
    else log.add(cells[0]!, cells[1]!, order.length === 0 ? undefined : orderOf(cells[2]!, line, file));
  });
  if (leftOut > 0) log.notes.push(`${file}: ${leftOut} rows of parts other than ${OWN_PART} are left out`);
}

function orderOf(text: string, line: number, file: string): number {
  const order = isoTime(text) ?? Number(text);
  if (!Number.isFinite(order))
    throw new DataFileError(
      `${file}:${line}: '${text}' is no position and no time`,
      'Give numbers, or ISO 8601 times.',
    );
  return order;
}

/** Collects events of users in any order. */
class SequenceLog {
  readonly notes: string[] = [];
  private readonly users = new IdRows();
  private readonly items = new IdRows();
  private readonly events: { row: number; order: number }[][] = [];
  private count = 0;

  /** `order`: later ones are higher; default after all so far. */
  add(user: string, item: string, order = this.count): void {
    this.count += 1;
    (this.events[this.users.rowOf(user)] ??= []).push({ row: this.items.rowOf(item), order });
  }

  data(): SequenceData {
    // Sorting is stable: what happened at one moment stays as the file has it.
    const sequences = this.events.map((events) =>
      Int32Array.from(
        events.sort((a, b) => a.order - b.order),
        ({ row }) => row,
      ),
    );
    return { userIds: this.users.ids, itemIds: this.items.ids, sequences, notes: this.notes };
  }
}
