import { z } from 'zod';
import { definePrompt } from '../prompts/prompt.js';
import { numbered, quoted } from '../prompts/quoted.js';
import type { Past } from './shop-log.js';

/** Texts are cut before they come here. */
const CHARS = 1000;
const TOKENS_OF_WORD = 8;
const TOKENS_OF_FRAME = 48;
const TOKENS_A_NUMBER = 4;
const TOKENS_OF_REASON = 160;

const YES_NO = z.enum(['yes', 'no']);
const numbers = z.array(z.number()).max(1000);

interface OfItem {
  readonly history: readonly Past[];
  readonly title: string;
}
interface OfCandidates {
  readonly history: readonly Past[];
  readonly candidates: readonly string[];
}

const past = (history: readonly Past[]): string =>
  [
    'Taken up, the latest first:',
    ...history.map(({ how, described }) => `- ${how} ${quoted(described.title, CHARS)}`),
  ].join('\n');
const ofItem = ({ history, title }: OfItem): string => `${past(history)}\nItem: ${quoted(title, CHARS)}`;
const ofCandidates = ({ history, candidates }: OfCandidates): string =>
  `${past(history)}\nItems:\n${numbered(candidates, CHARS)}`;

/** The answers to the first two are words, not JSON: so that log-probabilities of " yes" and " no" are of the answer itself. */
export const INSTRUCTION_PROMPTS = {
  rating: definePrompt({
    id: 'instruction-rating',
    version: 1,
    system:
      'You say whether a shopper will like an item, judging by what the shopper took up.\nAnswer with one word: yes or no.',
    data: ofItem,
    maxTokens: () => TOKENS_OF_WORD,
    answer: YES_NO,
  }),
  purchase: definePrompt({
    id: 'instruction-purchase',
    version: 1,
    system:
      'You say whether a shopper buys an item next, judging by what the shopper took up.\nAnswer with one word: yes or no.',
    data: ofItem,
    maxTokens: () => TOKENS_OF_WORD,
    answer: YES_NO,
  }),
  'next-item': definePrompt({
    id: 'instruction-next-item',
    version: 1,
    system:
      'You say which item a shopper takes up next, judging by what the shopper took up before.\n' +
      'The items are numbered [1], [2], … Answer with JSON: {"next": number of the item}.',
    data: ofCandidates,
    maxTokens: () => TOKENS_OF_FRAME,
    answer: z.object({ next: z.number() }),
  }),
  ranking: definePrompt({
    id: 'instruction-ranking',
    version: 1,
    system:
      'You order items for a shopper: those first that the shopper buys next, judging by what the shopper took up before.\n' +
      'The items are numbered [1], [2], … Answer with JSON: {"order": [numbers of all items, best first]}.',
    data: ofCandidates,
    maxTokens: ({ candidates }) => TOKENS_OF_FRAME + TOKENS_A_NUMBER * candidates.length,
    answer: z.object({ order: numbers }),
  }),
  explanation: definePrompt({
    id: 'instruction-explanation',
    version: 1,
    system:
      'You say why an item suits a shopper, by what it has in common with items that the shopper took up.\n' +
      'These are numbered [1], [2], … Answer with JSON: {"evidence": [numbers of up to three of them that bear it out], ' +
      '"reason": "one short sentence"}.',
    data: ({ history, title }: OfItem) => {
      const titles = history.map(({ described }) => described.title);
      return `Taken up, the latest first:\n${numbered(titles, CHARS)}\nItem: ${quoted(title, CHARS)}`;
    },
    maxTokens: () => TOKENS_OF_REASON,
    answer: z.object({ evidence: numbers, reason: z.string().max(2000) }),
  }),
} as const;
