import { graphInput, repeated, type ForeignDeclaration } from '@attune/plugins';
import type { GraphFeed, GraphSession } from '@attune/sdk';
import type { FittedInput } from './fit-inputs.js';
import { reasonOf, refuseModel } from './refuse-model.js';

/**
 * Which values of its feeds a model is tried with: the first and the last there are, or the least that is ever said, which
 * is categories that are unknown and a history of one item, or of none where padding is fed for that.
 */
export type TriedValues = 'first' | 'last' | 'least';

/** What a model is tried with. */
export interface Trial {
  readonly inputs: readonly FittedInput[];
  readonly values: TriedValues;
  /** Row that stands for each item. */
  readonly row: number;
  /** How many candidates. */
  readonly rows: number;
  /** Items of the shortest history. */
  readonly shortest: 0 | 1;
}

/** Runs a graph on made-up inputs. Refuses one that fails, or whose outputs are not numbers. */
export async function dryRun(session: GraphSession, trial: Trial): Promise<Readonly<Record<string, Float32Array>>> {
  const feeds = Object.fromEntries(trial.inputs.map((input) => [input.name, madeUp(input, trial)]));
  const outputs = await session.run(feeds).catch((error: unknown) => {
    throw refuseModel(
      `the graph does not run with item row ${trial.row} and ${trial.rows} candidates${SAID[trial.values]}: ${reasonOf(error)}`,
      '/onnx',
      error,
    );
  });
  for (const [name, values] of Object.entries(outputs)) {
    const at = values.findIndex((value) => !Number.isFinite(value));
    if (at >= 0) throw refuseModel(`output "${name}" of a dry run holds ${values[at]} at ${at}`, '/onnx');
  }
  return outputs;
}

const SAID: Readonly<Record<TriedValues, string>> = {
  first: '',
  last: ', and the last value of each feed',
  least: ', unknown categories and the shortest history',
};

function madeUp(input: FittedInput, trial: Trial): GraphFeed {
  const { feed, width } = input;
  const count = 'once' in feed && feed.once ? 1 : trial.rows;
  const row =
    feed.feed === 'history-items' ? historyOf(feed, trial) : Array<number>(width).fill(exampleOf(feed, width, trial));
  return graphInput(input, repeated(row, count), width);
}

function historyOf(
  { length, padding, pad }: Extract<FittedInput['feed'], { readonly feed: 'history-items' }>,
  { values, row, shortest }: Trial,
): readonly number[] {
  if (values !== 'least') return Array<number>(length).fill(row);
  const newest = pad === 'left' ? length - 1 : 0;
  return Array.from({ length }, (_, place) => (place === newest && shortest === 1 ? row : padding));
}

function exampleOf(feed: FittedInput['feed'], width: number, { values, row, shortest }: Trial): number {
  const isLast = values === 'last';
  switch (feed.feed) {
    case 'candidate-item':
      return row;
    case 'history-length':
      return values === 'least' ? shortest : feed.length;
    case 'category':
      return values === 'least' ? feed.unknown : isLast ? feed.values.length - 1 : 0;
    case 'hour':
      return isLast ? 23 : 0;
    case 'weekday':
      return isLast ? 6 : 0;
    case 'query-vector':
    case 'item-vector':
      return 1 / Math.sqrt(width);
    default:
      return 0;
  }
}

/** Numbers an output has for a candidate. Refuses an output that is not there, or not one row a candidate. */
export function columnsOf(
  outputs: Readonly<Record<string, Float32Array>>,
  { output, column }: Extract<ForeignDeclaration, { readonly kind: 'scorer' }>['score'],
  rows: number,
): number {
  const columns = outputOf(outputs, output, '/declaration/score/output').length / rows;
  if (!Number.isInteger(columns) || columns === 0)
    throw refuseModel(`output "${output}" is not [${rows}] or [${rows}, columns]`, '/declaration/score/output');
  if (column >= columns)
    throw refuseModel(`output "${output}" has ${columns} columns: there is no ${column}`, '/declaration/score/column');
  return columns;
}

/** An output by its name. */
export function outputOf(outputs: Readonly<Record<string, Float32Array>>, name: string, pointer: string): Float32Array {
  const found = Object.hasOwn(outputs, name) ? outputs[name] : undefined;
  if (found === undefined)
    throw refuseModel(`the graph has no output "${name}": it has "${Object.keys(outputs).join('", "')}"`, pointer);
  return found;
}
