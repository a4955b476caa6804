import { z } from 'zod';
import { definePrompt } from './prompt.js';
import { numbered, quoted } from './quoted.js';

/** What a language model is told of a list that it is to order. */
export interface ListwiseData {
  /** What was asked for; undefined where nothing was. */
  readonly query: string | undefined;
  /** Titles of what the person took up lately, the latest first. */
  readonly recent: readonly string[];
  /** What the person is interested in, in lines, the strongest first. */
  readonly interests: readonly string[];
  /** What stands to be ordered, by title or more. */
  readonly texts: readonly string[];
  /** Characters of each text, at most. */
  readonly maxChars: number;
}

const [QUERY_CHARS, INTEREST_CHARS] = [300, 120];
/** Tokens that a number with its comma takes, at most, and the frame around them. */
const [TOKENS_A_PLACE, TOKENS_OF_FRAME] = [4, 32];

/** Asks for an order of a numbered list, best first (after RankGPT, Sun et al. 2023). */
export const listwisePrompt = definePrompt({
  id: 'listwise',
  version: 2,
  system:
    'You order the results of a shop for one shopper. Put first what answers the query best; among what answers it ' +
    'equally well, and where there is no query, put first what goes best with what the shopper took up lately and is ' +
    'interested in.\n' +
    'The items are numbered [1], [2], … Answer with JSON: {"order": [numbers of all items, best first]}.',
  data: ({ query, recent, interests, texts, maxChars }: ListwiseData) =>
    [
      query === undefined ? 'No query.' : `Query: ${quoted(query, QUERY_CHARS)}`,
      ...(recent.length + interests.length === 0 ? ['Nothing is known of the shopper.'] : []),
      ...(recent.length === 0 ? [] : ['Taken up lately, the latest first:']),
      ...recent.map((text) => `- ${quoted(text, maxChars)}`),
      ...(interests.length === 0
        ? []
        : ['Interests:', ...interests.map((text) => `- ${quoted(text, INTEREST_CHARS)}`)]),
      'Items:',
      numbered(texts, maxChars),
    ].join('\n'),
  maxTokens: ({ texts }) => TOKENS_OF_FRAME + TOKENS_A_PLACE * texts.length,
  answer: z.object({ order: z.array(z.number()).max(1000) }),
});
