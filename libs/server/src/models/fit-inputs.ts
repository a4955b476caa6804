import type { OnnxFile, OnnxValue } from '@attune/inference';
import { isReal, type ForeignDeclaration, type ForeignFeed, type ForeignInput } from '@attune/plugins';
import { refuseModel } from './refuse-model.js';

/** An input of the graph, what it is fed, and how many numbers a row of it has. */
export interface FittedInput extends ForeignInput {
  readonly feed: ForeignFeed;
  readonly width: number;
}

/** Dimensions of the vectors of a space; undefined where there is none of that name. */
export type DimsOf = (space: string) => number | undefined;

/**
 * Each input of the graph with what the declaration feeds it. Refuses an input without a feed, a feed without an input,
 * and element types, ranks and sizes that do not agree.
 */
export function fitInputs(file: OnnxFile, declaration: ForeignDeclaration, dimsOf: DimsOf): readonly FittedInput[] {
  const names = file.inputs.map(({ name }) => name);
  const unknown = Object.keys(declaration.inputs).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw refuseModel(
      `the graph has no input "${unknown}": it has ${names.map((name) => `"${name}"`).join(', ') || 'none'}`,
      pointerTo(unknown),
    );
  return file.inputs.map((input) => fitted(input, declaration, dimsOf));
}

const pointerTo = (name: string): string => `/declaration/inputs/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;

function fitted(value: OnnxValue, { kind, inputs }: ForeignDeclaration, dimsOf: DimsOf): FittedInput {
  const { name, type, shape } = value;
  const refuse = (why: string): Error => refuseModel(`input "${name}" ${why}`, pointerTo(name));
  const feed = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
  if (feed === undefined) throw refuse('is fed nothing: add it to inputs');
  if (type !== 'float32' && type !== 'int32' && type !== 'int64')
    throw refuse(`is of type ${type}: export it as float32, int32 or int64`);
  if (isReal(feed) && type !== 'float32')
    throw refuse(`is of type ${type}, and ${feed.feed} has fractions: use float32`);
  if (shape === undefined || (shape.length !== 1 && shape.length !== 2))
    throw refuse(`has ${shape?.length ?? 'unknown'} dimensions: it must be [rows] or [rows, width]`);
  const [rows, columns] = [shape[0], shape.length === 2 ? shape[1] : 1];
  const isOneRow = kind === 'user-encoder' || ('once' in feed && feed.once);
  if (rows !== undefined && !(isOneRow && rows === 1))
    throw refuse(
      `has ${rows} rows, always: export it with a dynamic first dimension${rows === 1 ? ', or feed it once' : ''}`,
    );
  const width = widthOf(feed, columns, dimsOf, refuse);
  if (columns !== undefined && columns !== width)
    throw refuse(`takes ${columns} numbers a row, and ${feed.feed} has ${width}`);
  return { name, type, rank: shape.length === 1 ? 1 : 2, feed, width };
}

function widthOf(
  feed: ForeignFeed,
  columns: number | undefined,
  dimsOf: DimsOf,
  refuse: (why: string) => Error,
): number {
  if (feed.feed === 'history-items') return feed.length;
  if (feed.feed !== 'query-vector' && feed.feed !== 'item-vector') return 1;
  const dims = dimsOf(feed.space);
  if (dims === undefined)
    throw refuse(`is fed from space '${feed.space}', which is not there: GET /v1/spaces lists them`);
  if (columns !== undefined && columns !== dims)
    throw refuse(`takes vectors of ${columns} numbers, and those of space '${feed.space}' have ${dims}`);
  return dims;
}
