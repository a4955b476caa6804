import { z } from 'zod';
import type { EnrichedItem } from '../enrichment/enrichment.types.js';
import type { ModelProposal } from '../enrichment/held-proposals.js';
import { definePrompt } from './prompt.js';
import { quoted } from './quoted.js';

/** What a language model is told of an item whose attributes it is to find. */
export interface EnrichmentData {
  readonly item: EnrichedItem;
  /** Names of the attributes that are wanted. */
  readonly attributes: readonly string[];
}

/** Together they stay below what a call may take by default, in Chinese too. */
const [TITLE_CHARS, VALUE_CHARS, TEXT_CHARS] = [500, 60, 3000];
const [MOST_NAMES, MOST_TAGS] = [32, 20];
/** Tokens around the values, and of one of them. */
const [TOKENS_OF_FRAME, TOKENS_A_VALUE] = [24, 60];
const MOST_VALUES = 16;

/**
 * Asks which values of attributes the texts of an item say, each with the words that say it. What comes is not believed:
 * see `heldProposals`.
 */
export const enrichmentPrompt = definePrompt<EnrichmentData, { readonly values: readonly ModelProposal[] }>({
  id: 'enrichment',
  version: 1,
  system:
    'You read texts about one item of a shop and list values of its attributes. Only the attributes named under Wanted ' +
    'count. A value is listed where the texts say that the item itself has it, and nothing is guessed from what such ' +
    'items usually are. Names of brands, people, places and motifs, and what the texts say the item is not, has not or ' +
    'goes with, are no values of the item.\n' +
    'For each value copy the words that say it into quote, letter by letter, as few as suffice. Write the value in the ' +
    `language of the text. At most ${MOST_VALUES} values; where the texts say none, the list is empty.\n` +
    'Answer with JSON: {"values": [{"attribute": "one of Wanted", "value": "the value", "quote": "the words of the text"}]}.',
  data: ({ item: { title, brand, categories = [], tags = [], description }, attributes }) =>
    [
      `Wanted: ${listed(attributes.slice(0, MOST_NAMES), VALUE_CHARS)}`,
      `Title: ${quoted(title, TITLE_CHARS)}`,
      ...(brand === undefined ? [] : [`Brand: ${quoted(brand, VALUE_CHARS)}`]),
      ...(categories.length === 0 ? [] : [`Categories: ${listed(categories.slice(0, MOST_TAGS), VALUE_CHARS)}`]),
      ...(tags.length === 0 ? [] : [`Tags: ${listed(tags.slice(0, MOST_TAGS), VALUE_CHARS)}`]),
      ...(description === undefined ? [] : [`Description: ${quoted(description, TEXT_CHARS)}`]),
    ].join('\n'),
  maxTokens: () => TOKENS_OF_FRAME + MOST_VALUES * TOKENS_A_VALUE,
  answer: z.object({
    values: z.array(z.object({ attribute: z.string(), value: z.string(), quote: z.string() })),
  }),
});

const listed = (texts: readonly string[], maxChars: number): string =>
  texts.map((text) => quoted(text, maxChars)).join(', ');
