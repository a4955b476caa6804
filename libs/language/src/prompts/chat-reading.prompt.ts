import { z } from 'zod';
import { definePrompt } from './prompt.js';
import { numbered, quoted } from './quoted.js';

/** What a language model is told of a turn that the tables did not understand. Nothing that was shown: titles cannot speak here. */
export interface ChatReadingData {
  /** What the shopper said before, oldest first. */
  readonly before: readonly string[];
  readonly message: string;
  /** Values that may be asked for, by what they are values of: categories, brands, attributes. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  readonly currency: string | undefined;
}

const answerSchema = z.object({
  query: z.string().max(200),
  want: z.array(z.object({ field: z.string(), value: z.string() })).max(10),
  avoid: z.array(z.object({ field: z.string(), value: z.string() })).max(10),
  below: z.number().nullable(),
  above: z.number().nullable(),
});
export type ChatReading = z.output<typeof answerSchema>;

const [MOST_BEFORE, TEXT_CHARS, VALUE_CHARS, FIELDS_CHARS, VALUES_A_FIELD] = [4, 400, 60, 6000, 60];
const ANSWER_TOKENS = 200;

/** Asks what a shopper is looking for, in words that a catalogue can be searched by. */
export const chatReadingPrompt = definePrompt<ChatReadingData, ChatReading>({
  id: 'chat-reading',
  version: 1,
  system:
    'A shopper talks to a shop. Say what is to be searched for now, in words that titles of fitting items have: for "a ' +
    'present for someone who always spills tea" that could be "mug with lid tray coaster". Two to eight words, in the ' +
    'language of the values below, without prices, colors and materials that are said apart. Empty where nothing is looked for.\n' +
    'want and avoid list what items must have and must not have, only of the fields and values below, written exactly so, and ' +
    'only where the shopper says so. below and above are prices that the shopper named, else null.\n' +
    'Answer with JSON: {"query": "…", "want": [{"field": "…", "value": "…"}], "avoid": [], "below": null, "above": null}.',
  data: ({ before, message, fields, currency }) =>
    [
      ...(before.length > 0 ? ['Said before:', numbered(before.slice(-MOST_BEFORE), TEXT_CHARS)] : []),
      `Said now: ${quoted(message, TEXT_CHARS)}`,
      ...(currency === undefined ? [] : [`Prices are in ${quoted(currency, VALUE_CHARS)}.`]),
      ...fieldLines(fields),
    ].join('\n'),
  maxTokens: () => ANSWER_TOKENS,
  answer: answerSchema,
});

/** As many as fit. */
function fieldLines(fields: ReadonlyMap<string, readonly string[]>): readonly string[] {
  let left = FIELDS_CHARS;
  return [...fields]
    .filter(([, values]) => values.length > 0)
    .map(([field, values]) => {
      const shown = values.slice(0, VALUES_A_FIELD).map((value) => quoted(value, VALUE_CHARS));
      return `Field ${quoted(field, VALUE_CHARS)}: ${shown.join(', ')}`;
    })
    .filter((line) => (left -= line.length) >= 0);
}
