import { z } from 'zod';
import { WRITTEN_LANGUAGES, type WrittenLanguage } from '../writing/description.style.js';

const valuesSchema = z.array(z.string().max(1000)).max(200).readonly();
const constraintSchema = z.strictObject({
  $in: valuesSchema.exactOptional(),
  $nin: valuesSchema.exactOptional(),
  $gt: z.number().exactOptional(),
  $gte: z.number().exactOptional(),
  $lt: z.number().exactOptional(),
  $lte: z.number().exactOptional(),
});

/** An item as it was shown, which is what ordinals and prices are understood by. */
const shownSchema = z.strictObject({ id: z.string(), price: z.number().exactOptional() });
export type ShownItem = z.output<typeof shownSchema>;

const MOST_SHOWN = 50;
/** Items that are left out: those somebody did not want, and those before what is shown now. */
const MOST_LEFT_OUT = 500;

/** What is remembered of a conversation between two turns; plain data. */
export const dialogueStateSchema = z.strictObject({
  language: z.enum(WRITTEN_LANGUAGES),
  /** What is searched by; empty where nothing but constraints was said. */
  query: z.string().max(2000),
  constraints: z.record(z.string().max(200), constraintSchema).readonly(),
  /** Words that no item may have. */
  unwanted: z.array(z.string().max(200)).max(50).readonly(),
  sort: z.enum(['price-asc', 'price-desc', 'newest']).exactOptional(),
  /** The item whose like is asked for. */
  seed: z.string().exactOptional(),
  /** Never to be shown again. */
  rejected: z.array(z.string()).max(MOST_LEFT_OUT).readonly(),
  /** Shown before, and left out while more or something else is asked for. */
  passed: z.array(z.string()).max(MOST_LEFT_OUT).readonly(),
  /** The latest slate, in its order. */
  shown: z.array(shownSchema).max(MOST_SHOWN).readonly(),
  /** Turns in a row that were not understood. */
  unclear: z.int().min(0),
});
export type DialogueState = z.output<typeof dialogueStateSchema>;

export const newDialogue = (language: WrittenLanguage): DialogueState => ({
  language,
  query: '',
  constraints: {},
  unwanted: [],
  rejected: [],
  passed: [],
  shown: [],
  unclear: 0,
});

/** With the slate that was shown. */
export const withShown = (state: DialogueState, items: readonly ShownItem[]): DialogueState => ({
  ...state,
  shown: items.slice(0, MOST_SHOWN).map(({ id, price }) => ({ id, ...(price !== undefined && { price }) })),
});

/** Ids with others behind them, each once; the latest where there are too many. */
export const leftOutWith = (ids: readonly string[], others: readonly string[]): string[] =>
  [...new Set([...ids, ...others])].slice(-MOST_LEFT_OUT);
