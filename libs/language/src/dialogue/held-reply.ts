import type { Item } from '@attune/sdk';
import { evidenceOf } from '../grounding/evidence.js';
import { inventionsIn, type Invention } from '../grounding/inventions.js';
import type { GroundingFacts } from '../grounding/lexicon.js';
import { safeText } from '../grounding/safe-text.js';
import { REPLY_CHARS } from '../prompts/chat-reply.prompt.js';
import { promisesIn } from './promises.js';
import { clausesOf, type Clause } from './reply-clauses.js';
import type { Telling } from './told-item.js';

/** What a reply of a language model may speak of. */
export interface ReplyGround {
  /** The reply as fixed sentences have it. */
  readonly reply: string;
  /** What the shopper said. */
  readonly message: string;
  /** What is shown, by the number it is named by. */
  readonly cited: readonly { readonly place: number; readonly item: Item }[];
  readonly facts: GroundingFacts;
}

/** A reply that may be shown, or why there is none. */
export type HeldReply =
  { readonly text: string } | { readonly inventions: readonly Invention[] } | { readonly unusable: string };

/** What the fixed reply quotes or sets as a limit says nothing of an item, where it is said again as it stands. */
const REPEATABLE =
  /“[^”]*”|\b(?:not|up to|under|over|from) [^,.;:“”]*(?:\.\d+)?|不要[^，。；（）“”]+|(?:低于|高于|不超过)[^，。；（）“”]+/giu;
/** Which item fits is what the model is asked to say; that something is the best it may not. */
const FITS =
  /\b(?:fits?|suits?|match(?:es)?)(?: (?:you|it|this|that))? best\b|\bbest (?:fit|match)\b|最(?:适合|合适|符合)/giu;
const PLACE = /\[(\d{1,2})\]/g;

/**
 * Holds a reply to what is shown. Each clause may say what the shop says of the items it names by their number, or of any where
 * it names none, and what the fixed reply says of the same; see `clausesOf`, `inventionsIn`, `safeText`.
 */
export function heldReply(answer: string, ground: ReplyGround, { blocked }: Telling): HeldReply {
  const text = safeText(answer, { maxChars: REPLY_CHARS, blocked });
  if (text === undefined)
    return { unusable: 'nothing of the reply may be shown: empty, too long, or with a blocked word' };
  const promised = promisesIn(ground.reply);
  if (promisesIn(text).some((promise) => !promised.includes(promise)))
    return { unusable: 'the reply promises what only the shop can do, or asks for what is private' };
  const places = Array.from(text.matchAll(PLACE), ([, place]) => Number(place));
  if (places.some((place) => !ground.cited.some((one) => one.place === place)))
    return { unusable: 'the reply names an item that is not shown' };
  const said = clausesOf(ground.reply);
  const inventions = clausesOf(withoutRepeated(text, ground.reply)).flatMap((clause) => inClause(clause, said, ground));
  return inventions.length > 0 ? { inventions } : { text };
}

function withoutRepeated(text: string, reply: string): string {
  const repeated = Array.from(reply.matchAll(REPEATABLE), ([phrase]) => phrase.trim());
  return repeated.reduce((left, phrase) => left.replaceAll(phrase, ' '), text.replace(FITS, ' '));
}

/** Spans are those of the clause. */
function inClause(
  { text, places }: Clause,
  said: readonly Clause[],
  { cited, facts }: ReplyGround,
): readonly Invention[] {
  const isAny = places.length === 0;
  const items = cited.filter(({ place }) => isAny || places.includes(place));
  const evidence = items.map(({ item }) => evidenceOf(item));
  const ofThem = said.filter((clause) => isAny || clause.places.some((place) => places.includes(place)));
  return inventionsIn(
    text,
    {
      texts: [
        ...(isAny ? [String(cited.length)] : []),
        ...ofThem.map((clause) => clause.text),
        ...evidence.flatMap(({ texts }) => texts),
      ],
      names: evidence.flatMap(({ names = [] }) => names),
    },
    facts,
  );
}
