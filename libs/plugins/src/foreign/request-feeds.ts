import type { Call, EmbedPort, View, Vocabulary } from '@attune/sdk';
import type { ForeignFeed } from './feed.schema.js';

/** Signals that feeds of a request may read. */
export type FeedNeed = 'history' | 'user' | 'context' | 'query';
export type FeedView = View<FeedNeed>;

export interface RequestFeeding {
  readonly vocabulary: Vocabulary;
  readonly firstRow: number;
  readonly coldUser: 'abstain' | 'pad';
  readonly embed: EmbedPort;
}

type Of<F extends ForeignFeed['feed']> = Extract<ForeignFeed, { readonly feed: F }>;

/** What a feed says of a request `[width]`; undefined where there is nothing to go by and the model shall not guess. */
export async function requestValues(
  feed: ForeignFeed,
  view: FeedView,
  feeding: RequestFeeding,
  call: Call,
): Promise<ArrayLike<number> | undefined> {
  switch (feed.feed) {
    case 'history-items':
      return historyItems(feed, view, feeding);
    case 'history-length': {
      const { length } = takenRows(feed, view, feeding.vocabulary);
      return length === 0 && feeding.coldUser === 'abstain' ? undefined : [length];
    }
    case 'number':
      return [numberOf(feed, said(feed, view))];
    case 'category':
      return [placeOf(feed, said(feed, view))];
    case 'hour':
      return [new Date(view.now).getUTCHours()];
    case 'weekday':
      return [(new Date(view.now).getUTCDay() + 6) % 7];
    case 'query-vector':
      return view.query === undefined ? undefined : feeding.embed.query(feed.space, view.query.text, call);
    default:
      throw new RangeError(`${feed.feed} is of a candidate`);
  }
}

function historyItems(
  feed: Of<'history-items'>,
  view: FeedView,
  { vocabulary, firstRow, coldUser }: RequestFeeding,
): ArrayLike<number> | undefined {
  const rows = takenRows(feed, view, vocabulary);
  if (rows.length === 0 && coldUser === 'abstain') return undefined;
  const values = new Float64Array(feed.length).fill(feed.padding);
  const start = feed.pad === 'left' ? feed.length - rows.length : 0;
  rows.forEach((row, place) => void (values[start + place] = row + firstRow));
  return values;
}

/** Rows of the newest items of a history that the model knows, oldest first. */
function takenRows(
  { types, length }: Of<'history-items' | 'history-length'>,
  { history }: FeedView,
  vocabulary: Vocabulary,
): readonly number[] {
  const rows = history.rows(vocabulary);
  const taken: number[] = [];
  for (let i = history.size - 1; i >= 0 && taken.length < length; i--) {
    if (rows[i]! >= 0 && types.includes(history.types[i]!)) taken.push(rows[i]!);
  }
  return taken.reverse();
}

function said({ of, path }: Of<'number' | 'category'>, { user, context }: FeedView): readonly unknown[] {
  const members: Readonly<Record<string, unknown>> = of === 'user' ? (user?.attributes ?? {}) : context;
  const value = Object.hasOwn(members, path) ? members[path] : undefined;
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}

/** The first number among values. */
export const numberOf = ({ missing }: Of<'number'>, values: readonly unknown[]): number =>
  values.find((value): value is number => typeof value === 'number' && Number.isFinite(value)) ?? missing;

/** Place of the first value that the model knows. */
export function placeOf({ values, unknown }: Of<'category'>, given: readonly unknown[]): number {
  for (const one of given) {
    const place = placesOf(values).get(one);
    if (place !== undefined) return place;
  }
  return unknown;
}

/** Places of values, looked up once for all candidates. */
const known = new WeakMap<readonly unknown[], ReadonlyMap<unknown, number>>();
function placesOf(values: readonly unknown[]): ReadonlyMap<unknown, number> {
  let places = known.get(values);
  if (places === undefined) known.set(values, (places = new Map(values.map((value, place) => [value, place]))));
  return places;
}
