import { chanceOf, drawn } from './chance.js';
import { EXAMPLES } from './examples.js';
import { INSTRUCTION_TASKS, type InstructionLine, type InstructionTask } from './instruction.schema.js';
import { PastDraws } from './past-draws.js';
import { type InstructionLog, ShopLog } from './shop-log.js';
import { popularBy, splitMoment, targetsOf } from './targets.js';

/** What is wanted of a log. */
export interface InstructionOptions {
  readonly tasks: readonly InstructionTask[];
  /** Lines of each task, at most. */
  readonly limitPerTask: number;
  /** Share of the events, the latest, that examples are held out of. 0..1 */
  readonly heldOutShare: number;
  readonly seed: number;
}

/** A line, and the person it is about, by its row. The line itself names nobody. */
export interface MadeLine {
  readonly user: number;
  readonly line: InstructionLine;
}

export interface PlannedLines {
  /** Events that are tried: lines, at most. */
  readonly tried: number;
  /** One for each event tried, task by task, ascending in time; undefined where it makes no example. */
  lines(): Generator<MadeLine | undefined, void>;
}

/**
 * Examples of what people did, each from what was known at its moment: its history and what is offered beside it come from
 * events before. Everything up to one moment teaches, everything from it on is held out. The same log and options give
 * the same lines, in the same order.
 */
export function instructionLines(columns: InstructionLog, options: InstructionOptions): PlannedLines {
  const { limitPerTask, heldOutShare, seed } = options;
  const log = new ShopLog(columns);
  const moment = splitMoment(log, heldOutShare);
  const plans = INSTRUCTION_TASKS.filter((task) => options.tasks.includes(task)).map((task) => {
    const number = INSTRUCTION_TASKS.indexOf(task);
    return { task, number, rows: drawn(targetsOf(task, log), limitPerTask, chanceOf(seed, number)) };
  });
  return {
    tried: plans.reduce((sum, { rows }) => sum + rows.length, 0),
    *lines() {
      for (const { task, number, rows } of plans) {
        const draws = new PastDraws(log, popularBy(task, log));
        for (const row of rows) {
          const at = columns.at[row]!;
          draws.advance(at);
          const history = log.history(row);
          const split = at < moment ? 'train' : 'held-out';
          const target = { row, split, history, log, draws, chance: chanceOf(seed, number, row) } as const;
          const line = history.length === 0 ? undefined : EXAMPLES[task](target);
          yield line && { user: columns.users[row]!, line };
        }
      }
    },
  };
}
