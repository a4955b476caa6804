import type { Item } from '@attune/sdk';
import { z } from 'zod';
import {
  DESCRIPTION_CHARS,
  type DescriptionLength,
  type DescriptionStyle,
  type Tone,
  type WrittenLanguage,
} from '../writing/description.style.js';
import { sayableAttributes } from '../writing/sayable-attributes.js';
import { AVOIDS, avoidLines } from './avoided.js';
import { definePrompt, type Prompt } from './prompt.js';
import { quoted } from './quoted.js';

/** What a language model is told of an item that it is to describe. */
export interface DescriptionData {
  /** Its reviews and its price are not told. */
  readonly item: Item;
  /** What an answer before said without evidence. */
  readonly avoid: readonly string[];
}

export interface DescriptionAnswer {
  readonly description: string;
}

const SENTENCES: Readonly<Record<DescriptionLength, string>> = {
  short: 'one sentence',
  medium: 'two to four sentences',
  long: 'four to eight sentences',
};
const TONE: Readonly<Record<Tone, string>> = {
  plain: 'Write plainly, as one tells a friend what a thing is.',
  warm: 'Write warmly, to somebody who is welcome.',
  factual: 'Write soberly: facts, and no feelings.',
  playful: 'Write playfully, with a smile, without jokes about people.',
};
const LANGUAGE: Readonly<Record<WrittenLanguage, string>> = { en: 'English', zh: 'Chinese, in simplified characters' };
/** Together they stay below what a call may take by default, in Chinese too. */
const [TITLE_CHARS, VALUE_CHARS, TEXT_CHARS, ATTRIBUTES_CHARS] = [300, 100, 1500, 3000];
const MOST_NAMES = 10;
/** Tokens around the text, and those of a character of it at most. */
const TOKENS_OF_FRAME = 32;
const TOKENS_A_CHAR: Readonly<Record<WrittenLanguage, number>> = { en: 0.5, zh: 1.5 };

const prompts = new Map<string, Prompt<DescriptionData, DescriptionAnswer>>();

/** Asks for a description in a style. Style is an instruction, so it stands in the message of instructions. */
export function descriptionPrompt(style: DescriptionStyle): Prompt<DescriptionData, DescriptionAnswer> {
  const key = [style.tone, style.length, style.language].join();
  const known = prompts.get(key);
  if (known !== undefined) return known;
  const prompt = promptIn(style);
  prompts.set(key, prompt);
  return prompt;
}

const promptIn = ({ tone, length, language }: DescriptionStyle): Prompt<DescriptionData, DescriptionAnswer> =>
  definePrompt({
    id: 'description',
    version: 1,
    system:
      'You describe an item of a shop to the people who look at it. ' +
      `Write ${SENTENCES[length]}, at most ${DESCRIPTION_CHARS[length]} characters, in ${LANGUAGE[language]}. ` +
      `${TONE[tone]}\n` +
      'Say nothing that is not in the data: no numbers, sizes, materials, colors, parts, places, prices, nothing about ' +
      'quality, care, safety, health, delivery or other customers, and no names of other items or brands. What the data ' +
      'deny is not so. Where the data say little, write little. Use the title as it is written, and put the rest into the ' +
      'language asked for. Plain text: no headings, lists, links or quotation marks.\n' +
      AVOIDS +
      'Answer with JSON: {"description": "the text"}.',
    data: dataOf,
    maxTokens: () => TOKENS_OF_FRAME + Math.ceil(TOKENS_A_CHAR[language] * DESCRIPTION_CHARS[length]),
    answer: z.object({ description: z.string() }),
  });

function dataOf({ item, avoid }: DescriptionData): string {
  const { title, brand, categories = [], tags = [], description } = item;
  return [
    `Title: ${quoted(title, TITLE_CHARS)}`,
    ...line('Brand', brand === undefined ? [] : [brand]),
    ...line('Categories', categories.slice(0, MOST_NAMES)),
    ...line('Tags', tags.slice(0, MOST_NAMES)),
    ...attributeLines(item),
    ...(description === undefined ? [] : [`Description so far: ${quoted(description, TEXT_CHARS)}`]),
    ...avoidLines(avoid),
  ].join('\n');
}

/** Those that fit, in the order of the item. */
function attributeLines(item: Item): readonly string[] {
  let left = ATTRIBUTES_CHARS;
  return sayableAttributes(item)
    .flatMap(({ words, values }) => line(`Attribute ${quoted(words, VALUE_CHARS)}`, values.map(String)))
    .filter((text) => (left -= text.length) >= 0);
}

const line = (name: string, values: readonly string[], maxChars = VALUE_CHARS): readonly string[] =>
  values.length === 0 ? [] : [`${name}: ${values.map((value) => quoted(value, maxChars)).join(', ')}`];
