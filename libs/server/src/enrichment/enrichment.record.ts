import { createHash } from 'node:crypto';
import type { EnrichedItem, SourceSpan } from '@attune/language/understanding';
import type { Item } from '@attune/sdk';
import { z } from 'zod';

/** Kind of the records, whose ids are those of items. */
export const ENRICHMENT = 'enrichment';
/** States of the records: whether a value of theirs waits for somebody. */
export const ENRICHMENT_STATES = ['review', 'done'] as const;
export const VALUE_STATES = ['review', 'applied', 'accepted', 'rejected', 'overruled'] as const;

const FIELDS = ['title', 'description', 'brand', 'tags'] as const satisfies readonly SourceSpan['field'][];

/** A value that the texts of an item say. */
export const enrichedValueSchema = z.strictObject({
  attribute: z.string(),
  value: z.string(),
  confidence: z.number(),
  span: z.strictObject({ field: z.enum(FIELDS), from: z.int(), to: z.int(), text: z.string() }),
  source: z.string().describe('Rules with their version, or a prompt with its version and the language model.'),
  state: z
    .enum(VALUE_STATES)
    .describe('`applied` by itself, `accepted` by a person; `overruled`: the catalogue has a value of its own.'),
  decision: z.enum(['accept', 'reject']).optional().describe('What a person said.'),
  decidedBy: z.string().optional().describe('Who, as they called themselves.'),
  at: z.string().describe('When it came into this state.'),
});
export type EnrichedValue = z.output<typeof enrichedValueSchema>;

/** What is known of the texts of an item, and what was made of it. */
export const enrichmentSchema = z.strictObject({
  /** Hash of the texts that were read. */
  text: z.string(),
  rules: z.string(),
  /** Prompt and language model, where one answered. */
  model: z.string().optional(),
  /** What was looked for. */
  attributes: z.array(z.string()),
  language: z.strictObject({ tag: z.string(), confidence: z.number() }).optional(),
  duplicateOf: z.string().optional(),
  values: z.array(enrichedValueSchema),
  /** What a person refused, and of which text; newest last. */
  refused: z.array(z.strictObject({ attribute: z.string(), value: z.string(), text: z.string() })),
  /**
   * Items as they were written here, by their hash, and which of their members are ours: `language`, `attributes.color`.
   * Newest last. Of an item as somebody else wrote it, nothing is ours.
   */
  written: z.array(z.strictObject({ item: z.string(), owns: z.array(z.string()) })),
});
export type Enrichment = z.output<typeof enrichmentSchema>;

const HASH_CHARS = 22;

/** Of what values are read from: equal texts, equal hash. */
export function textHash({ title, description, brand, tags = [], categories = [] }: EnrichedItem): string {
  return hashOf([title, description ?? null, brand ?? null, tags, categories]);
}

/** Of a whole item as it is stored, whatever the order of its members. */
export const itemHash = (item: Item): string => hashOf(item);

/** Of JSON; members that are undefined count as none. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, sorted)).digest('base64url').slice(0, HASH_CHARS);
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** State of the record of an item. */
export const stateOf = ({ values }: Pick<Enrichment, 'values'>): (typeof ENRICHMENT_STATES)[number] =>
  values.some(({ state }) => state === 'review') ? 'review' : 'done';
