import { z } from 'zod';
import type { WrittenLanguage } from '../writing/description.style.js';
import { definePrompt, type Prompt } from './prompt.js';
import { numbered, quoted } from './quoted.js';

/** What a language model is told to put into words. */
export interface ChatReplyData {
  /** What the shopper said. */
  readonly message: string;
  /** The reply as fixed sentences have it. */
  readonly reply: string;
  /** What is shown, in its order: title, price and what else the shop says of each. */
  readonly items: readonly string[];
}

export interface ChatReplyAnswer {
  readonly reply: string;
}

/** Longest reply, in UTF-16 units. */
export const REPLY_CHARS = 400;
const [MESSAGE_CHARS, ITEM_CHARS, MOST_ITEMS, ANSWER_TOKENS] = [400, 240, 8, 240];
const LANGUAGE: Readonly<Record<WrittenLanguage, string>> = { en: 'English', zh: 'Chinese, in simplified characters' };

const promptIn = (language: WrittenLanguage): Prompt<ChatReplyData, ChatReplyAnswer> =>
  definePrompt({
    id: 'chat-reply',
    version: 1,
    system:
      `You speak for a shop. Answer the shopper in one to three sentences, at most ${REPLY_CHARS} characters, in ` +
      `${LANGUAGE[language]}. "Facts" says what was done; say nothing that is not in the facts or in the items: no other ` +
      'numbers, prices, colors, materials or names, nothing about quality, care, safety, delivery, discounts, orders or other ' +
      'customers, and promise nothing. Name an item by its number, as [2]. Say which fits best and why, where the items tell it. ' +
      'Plain text: no headings, lists or links.\n' +
      'Answer with JSON: {"reply": "the text"}.',
    data: ({ message, reply, items }) =>
      [
        `The shopper: ${quoted(message, MESSAGE_CHARS)}`,
        `Facts: ${quoted(reply, REPLY_CHARS)}`,
        numbered(items.slice(0, MOST_ITEMS), ITEM_CHARS),
      ].join('\n'),
    maxTokens: () => ANSWER_TOKENS,
    answer: z.object({ reply: z.string() }),
  });

const PROMPTS: Readonly<Record<WrittenLanguage, Prompt<ChatReplyData, ChatReplyAnswer>>> = {
  en: promptIn('en'),
  zh: promptIn('zh'),
};

/** Asks for a reply in a language. */
export const chatReplyPrompt = (language: WrittenLanguage): Prompt<ChatReplyData, ChatReplyAnswer> => PROMPTS[language];
