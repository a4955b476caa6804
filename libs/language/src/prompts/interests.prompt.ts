import { z } from 'zod';
import { onFirstUse } from '../first-use.js';
import type { InterestLine } from '../interests/interests.types.js';
import { INTEREST_SUMMARY_CHARS } from '../interests/interest-summary.js';
import { withoutPersonalData } from '../personal-data.js';
import type { WrittenLanguage } from '../writing/description.style.js';
import { AVOIDS, avoidLines } from './avoided.js';
import { definePrompt, type Prompt } from './prompt.js';
import { numbered } from './quoted.js';

/** What a language model is told of somebody's interests: their lines, and nothing of who it is. */
export interface InterestsData {
  /** The strongest first. */
  readonly lines: readonly Pick<InterestLine, 'text'>[];
  /** What an answer before said without evidence. */
  readonly avoid: readonly string[];
}

export interface InterestsAnswer {
  readonly summary: string;
}

const LANGUAGE: Readonly<Record<WrittenLanguage, string>> = { en: 'English', zh: 'Chinese, in simplified characters' };
const [MOST_LINES, LINE_CHARS] = [20, 120];
const [TOKENS_OF_FRAME, TOKENS_A_CHAR] = [32, { en: 0.5, zh: 1.5 }] as const;

const prompts = onFirstUse(() => ({ en: promptIn('en'), zh: promptIn('zh') }));

/** Asks for a summary in a language. */
export const interestsPrompt = (language: WrittenLanguage): Prompt<InterestsData, InterestsAnswer> =>
  prompts()[language];

const promptIn = (language: WrittenLanguage): Prompt<InterestsData, InterestsAnswer> =>
  definePrompt({
    id: 'interests',
    version: 1,
    system:
      'You tell a shopper of a shop what they seem to be interested in. You are told lines, the strongest first. Write two ' +
      `sentences, at most ${INTEREST_SUMMARY_CHARS} characters, in ${LANGUAGE[language]}, to the shopper as "you".\n` +
      'Name nothing that the lines do not: no other things, brands, colors, prices or numbers. Guess nothing about the ' +
      'person: no age, sex, family, health, origin, belief or income. Plain text: no headings, lists, links or quotation ' +
      'marks.\n' +
      AVOIDS +
      'Answer with JSON: {"summary": "the text"}.',
    data: ({ lines, avoid }) =>
      [
        'Lines:',
        numbered(
          lines.slice(0, MOST_LINES).map(({ text }) => withoutPersonalData(text)),
          LINE_CHARS,
        ),
        ...avoidLines(avoid),
      ].join('\n'),
    maxTokens: () => TOKENS_OF_FRAME + Math.ceil(TOKENS_A_CHAR[language] * INTEREST_SUMMARY_CHARS),
    answer: z.object({ summary: z.string() }),
  });
