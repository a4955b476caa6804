import type { InstructionTask } from './instruction.schema.js';
import type { ShopLog } from './shop-log.js';

/**
 * From when on examples are held out, epoch ms: that many of the targets, the latest, by time; what shares the moment is held
 * out, too. Infinity where nothing is. `share`: 0..1.
 */
export function splitMoment(log: ShopLog, share: number): number {
  const rows = rowsWhere(log, (row) => log.how(row) !== undefined && log.described(row) !== undefined);
  const held = Math.round(share * rows.length);
  return held === 0 ? Infinity : log.log.at[rows[rows.length - held]!]!;
}

/** Events that a task can ask for, ascending in time: of people who may be told of, who had done something before. */
export function targetsOf(task: InstructionTask, log: ShopLog): Int32Array {
  const { users, tells } = log.log;
  return rowsWhere(
    log,
    (row) => tells(users[row]!) && isOf(task, row, log) && log.described(row) !== undefined && log.hasPast(row),
  );
}

/** Events by which a task tells what is popular. */
export const popularBy = (task: InstructionTask, log: ShopLog): Int32Array =>
  rowsWhere(log, (row) => (task === 'next-item' ? isTakenUp(row, log) : log.how(row) === 'bought'));

function isOf(task: InstructionTask, row: number, log: ShopLog): boolean {
  const how = log.how(row);
  if (task === 'rating') return how === 'liked' || how === 'did not like';
  if (task === 'next-item') return isTakenUp(row, log);
  if (how !== 'bought') return false;
  // One a basket.
  return task !== 'ranking' || log.atOnce(row).find((other) => log.how(other) === 'bought') === row;
}

/** Whether an event says that somebody took an item up, and liked it as far as is known. */
export function isTakenUp(row: number, log: ShopLog): boolean {
  const how = log.how(row);
  return how !== undefined && how !== 'did not like';
}

const rowsWhere = ({ log: { size } }: ShopLog, holds: (row: number) => boolean): Int32Array => {
  const rows = new Int32Array(size);
  let count = 0;
  for (let row = 0; row < size; row++) if (holds(row)) rows[count++] = row;
  return rows.subarray(0, count);
};
