import { z } from 'zod';
import { tasteOptions } from '../taste/taste.js';
import { boundedList } from './bounded.schema.js';

/** A row of a table, or a number that stands for a value. */
export const row = z.int().min(0).max(2_147_483_647);
const path = z.string().min(1).max(200);
const space = z.string().min(1).max(100);
/** What a value is read from; of `item` the candidate. */
const of = z.enum(['item', 'user', 'context']);
/** Of what a request says once: one row, where the graph takes one, instead of one for each candidate. */
const once = z.boolean().default(false);

const historyPart = {
  /** Event types that count; default those of taking up: purchases, likes, carts, clicks, views. */
  types: boundedList(z.string().min(1), 1000).default(Object.keys(tasteOptions.shape.types.parse(undefined))),
  /** Entries taken, the newest. */
  length: z.int().min(1).max(1000),
  once,
};

/** What Attune puts into one input of a graph. */
export const feedSchema = z.discriminatedUnion('feed', [
  z.strictObject({
    feed: z.literal('history-items').describe('Rows of the items of the history, oldest first: [rows, length].'),
    ...historyPart,
    pad: z.enum(['left', 'right']).default('left').describe('Side that is filled where the history is shorter.'),
    padding: row.default(0).describe('Row put there.'),
  }),
  z.strictObject({
    feed: z.literal('history-length').describe('How many items history-items has, at most `length`.'),
    ...historyPart,
  }),
  z.strictObject({ feed: z.literal('candidate-item').describe("Row of the candidate's item.") }),
  z.strictObject({
    feed: z.literal('number').describe('A number of the item, the user or the context; `missing` where there is none.'),
    ...{ of, path, once },
    missing: z.number().default(0),
  }),
  z.strictObject({
    feed: z.literal('category').describe('Place of a value in `values`, from 0; `unknown` where it is not there.'),
    ...{ of, path, once },
    values: boundedList(z.union([z.string(), z.number(), z.boolean()]), 100_000),
    unknown: row,
  }),
  z.strictObject({ feed: z.literal('hour').describe('Hour of the request, 0..23, UTC.'), once }),
  z.strictObject({ feed: z.literal('weekday').describe('Day of the request, 0 = Monday .. 6, UTC.'), once }),
  z.strictObject({ feed: z.literal('query-vector').describe('Vector of the query in `space`.'), space, once }),
  z.strictObject({ feed: z.literal('item-vector').describe("Vector of the candidate's item in `space`."), space }),
]);
export type ForeignFeed = z.output<typeof feedSchema>;

/** Whether a feed says something of each candidate rather than of the request. */
export const isOfCandidate = (feed: ForeignFeed): boolean =>
  feed.feed === 'candidate-item' || feed.feed === 'item-vector' || ('of' in feed && feed.of === 'item');

/** Whether a feed has numbers that are not whole. */
export const isReal = ({ feed }: ForeignFeed): boolean =>
  feed === 'number' || feed === 'query-vector' || feed === 'item-vector';

/** Whether a feed is a row of items, for which the model needs its item ids. */
export const needsItems = ({ feed }: ForeignFeed): boolean => feed === 'history-items' || feed === 'candidate-item';
