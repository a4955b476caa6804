import { z } from 'zod';
import { definePrompt } from './prompt.js';
import { quoted } from './quoted.js';

/** What a language model is told of a query that it is to put into words of a catalogue. */
export interface QueryRewriteData {
  readonly query: string;
  /** What can be filtered by: values by field, the most telling first. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
}

const [QUERY_CHARS, NAME_CHARS, VALUE_CHARS] = [300, 40, 30];
/** Together they stay below what a call may take by default, in Chinese too. */
const [MOST_FIELDS, MOST_VALUES] = [8, 30];
const MOST_FILTERS = 8;
const MOST_TOKENS = 200;

/** Empty where nothing is left to tell: what is cut short would be no value of the catalogue. */
function fieldLine([name, values]: readonly [string, readonly string[]]): string {
  const told = values.filter((value) => value.length <= VALUE_CHARS).slice(0, MOST_VALUES);
  if (name.length > NAME_CHARS || told.length === 0) return '';
  return `Field ${quoted(name, NAME_CHARS)}: ${told.map((value) => quoted(value, VALUE_CHARS)).join(', ')}`;
}

/** Asks for the words that titles of a shop would have, and for filters; what it answers is held against the catalogue. */
export const queryRewritePrompt = definePrompt({
  id: 'query-rewrite',
  version: 1,
  system:
    'You help the search of a shop. Put what a shopper typed into the few words that titles of fitting items have: name ' +
    'the things meant, and leave out what is not a thing or a property of one. Use the language of the query and no ' +
    'brand that it does not name. Where the query asks for a value of one of the fields, or for a price, say so as a ' +
    'filter; else name no filter.\n' +
    'Answer with JSON: {"query": "the words", "filters": [{"field": "name of the field", "value": "one of its values"}]}. ' +
    'For prices the field is "price", with "below" or "above" and the number of the query instead of "value".',
  data: ({ query, fields }: QueryRewriteData) =>
    [
      `Query: ${quoted(query, QUERY_CHARS)}`,
      ...Array.from(fields, fieldLine)
        .filter((line) => line !== '')
        .slice(0, MOST_FIELDS),
    ].join('\n'),
  maxTokens: () => MOST_TOKENS,
  answer: z.object({
    query: z.string().max(300),
    filters: z
      .array(
        z.object({
          field: z.string().max(200),
          value: z.string().max(200).optional(),
          below: z.number().optional(),
          above: z.number().optional(),
        }),
      )
      .max(MOST_FILTERS)
      .default([]),
  }),
});
export type QueryRewrite = ReturnType<typeof queryRewritePrompt.read>;
