import { z } from 'zod';
import { OFFER_CHARS, type OfferSaid } from '../offers/offer-words.js';
import { discountText } from '../offers/offer.phrases.js';
import type { Tone, WrittenLanguage } from '../writing/description.style.js';
import { avoidLines } from './avoided.js';
import { definePrompt, type Prompt } from './prompt.js';
import { quoted } from './quoted.js';

/** What a language model is told of an offer: nothing of whom it is made to. */
export interface OfferPromptData extends Pick<OfferSaid, 'offer' | 'titles'> {
  /** What an answer before said beyond the offer. */
  readonly avoid: readonly string[];
}

export interface OfferAnswer {
  readonly message: string;
}

const TONE: Readonly<Record<Tone, string>> = {
  plain: 'Write plainly, as one tells a friend.',
  warm: 'Write warmly, to somebody who is welcome.',
  factual: 'Write soberly: facts, and no feelings.',
  playful: 'Write playfully, with a smile, without jokes about people.',
};
const LANGUAGE: Readonly<Record<WrittenLanguage, string>> = { en: 'English', zh: 'Chinese, in simplified characters' };
const [TITLE_CHARS, TERMS_CHARS, MOST_ITEMS] = [200, 500, 3];
const TOKENS_OF_FRAME = 32;
const TOKENS_A_CHAR: Readonly<Record<WrittenLanguage, number>> = { en: 0.5, zh: 1.5 };

const prompts = new Map<string, Prompt<OfferPromptData, OfferAnswer>>();

/** Asks for a message about an offer, in a tone and a language. */
export function offerPrompt(tone: Tone, language: WrittenLanguage): Prompt<OfferPromptData, OfferAnswer> {
  const key = `${tone} ${language}`;
  const known = prompts.get(key);
  if (known !== undefined) return known;
  const prompt = promptIn(tone, language);
  prompts.set(key, prompt);
  return prompt;
}

const promptIn = (tone: Tone, language: WrittenLanguage): Prompt<OfferPromptData, OfferAnswer> =>
  definePrompt({
    id: 'offer',
    version: 1,
    system:
      'You write the message with which a shop makes an offer on some of its items. ' +
      `Write one or two sentences, at most ${OFFER_CHARS} characters, in ${LANGUAGE[language]}. ${TONE[tone]}\n` +
      'Say what the offer gives exactly as the data have it, once, and name at least one of the items as it is written. ' +
      'Say nothing else of the offer or the items: no other numbers, prices, dates or conditions, no "up to", no hurry ' +
      '("only today", "last chance"), no boasts ("best price"), no promises, no claims about quality. Say nothing about the ' +
      'reader, what he did or likes, and not that the offer is for him alone. Of the terms, repeat only what matters, in ' +
      'their words. Where the shop has a name for the offer, use it as it is written. Plain text: no headings, lists, links ' +
      'or quotation marks.\n' +
      'A line that begins with Avoid lists what was said before and must not be said, in other words either.\n' +
      'Answer with JSON: {"message": "the text"}.',
    data: (data) => dataOf(data, language),
    maxTokens: () => TOKENS_OF_FRAME + Math.ceil(TOKENS_A_CHAR[language] * OFFER_CHARS),
    answer: z.object({ message: z.string() }),
  });

function dataOf({ offer, titles, avoid }: OfferPromptData, language: WrittenLanguage): string {
  const { title, terms } = offer;
  const items = titles.slice(0, MOST_ITEMS).map((one) => quoted(one, TITLE_CHARS));
  return [
    `Offer: ${quoted(discountText(offer, language), TITLE_CHARS)}`,
    ...(title === undefined ? [] : [`Name of the offer: ${quoted(title, TITLE_CHARS)}`]),
    ...(terms === undefined ? [] : [`Terms: ${quoted(terms, TERMS_CHARS)}`]),
    `Items: ${items.join(', ')}`,
    ...avoidLines(avoid),
  ].join('\n');
}
