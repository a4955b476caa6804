import { z } from 'zod';
import type { WrittenLanguage } from '../writing/description.style.js';
import { definePrompt, type Prompt } from './prompt.js';
import { quoted } from './quoted.js';

/** A reason that is to be put into other words. */
export interface ReasonTold {
  /** Of the item it is given for. */
  readonly title: string;
  /** What it says in fixed words. */
  readonly text: string;
  /** Titles of the items it points to. */
  readonly evidence: readonly string[];
  /** What the item has in common with all of them, as "color: red". */
  readonly common: readonly string[];
}

export interface ReasonsData {
  readonly reasons: readonly ReasonTold[];
  /** What was searched for; undefined where nothing was. */
  readonly query: string | undefined;
  /** Characters of each title, at most. */
  readonly maxChars: number;
}

export interface ReasonsAnswer {
  /** In the order of the reasons. */
  readonly reasons: readonly string[];
}

const [QUERY_CHARS, TEXT_CHARS, VALUE_CHARS] = [300, 200, 60];
const [MOST_EVIDENCE, MOST_COMMON, MOST_REASONS] = [3, 5, 20];
/** Tokens around the reasons, and those of one. */
const TOKENS_OF_FRAME = 32;
const TOKENS_A_REASON: Readonly<Record<WrittenLanguage, number>> = { en: 50, zh: 120 };
const LANGUAGE: Readonly<Record<WrittenLanguage, string>> = {
  en: 'English',
  zh: 'Chinese, in simplified characters, at most 50 of them',
};

const promptIn = (language: WrittenLanguage): Prompt<ReasonsData, ReasonsAnswer> =>
  definePrompt({
    id: 'reasons',
    version: 1,
    system:
      'You put the reasons why a shop shows items into friendlier words, for the person who sees them. ' +
      `One sentence each, at most 140 characters, in ${LANGUAGE[language]}.\n` +
      'Each reason has the item it is for, what it says so far, and where there are such the items it points to and what they ' +
      'have in common. Say the same, of the same items, and nothing else: no other items, no numbers, colors, materials, times, ' +
      'places, people, prices or feelings that are not there, nothing that the person did but what the reason says, and nothing of ' +
      'the item it points to that is not in common. Name that item by words of its title. Plain text.\n' +
      'The reasons are numbered [1], [2], … Answer with JSON: {"reasons": ["words for [1]", "words for [2]", …]}, one for each.',
    data: dataOf,
    maxTokens: ({ reasons }) => TOKENS_OF_FRAME + TOKENS_A_REASON[language] * reasons.length,
    answer: z.object({ reasons: z.array(z.string()).max(MOST_REASONS) }),
  });

/** Asks for the reasons of a slate in other words, one of each, by language. */
export const reasonsPrompts: Readonly<Record<WrittenLanguage, Prompt<ReasonsData, ReasonsAnswer>>> = {
  en: promptIn('en'),
  zh: promptIn('zh'),
};

function dataOf({ reasons, query, maxChars }: ReasonsData): string {
  const list = (texts: readonly string[], most: number, chars: number): string =>
    texts
      .slice(0, most)
      .map((text) => quoted(text, chars))
      .join(', ');
  return [
    query === undefined ? 'No query.' : `Query: ${quoted(query, QUERY_CHARS)}`,
    ...reasons.flatMap(({ title, text, evidence, common }, i) => [
      `[${i + 1}] ${quoted(title, maxChars)}`,
      `Says: ${quoted(text, TEXT_CHARS)}`,
      ...(evidence.length === 0 ? [] : [`Points to: ${list(evidence, MOST_EVIDENCE, maxChars)}`]),
      ...(common.length === 0 ? [] : [`In common: ${list(common, MOST_COMMON, VALUE_CHARS)}`]),
    ]),
  ].join('\n');
}
