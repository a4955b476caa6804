import { onFirstUse } from '../first-use.js';
import { languageTold } from '../enrichment/language-told.js';
import { inventionsIn, type Invention } from '../grounding/inventions.js';
import type { GroundingFacts } from '../grounding/lexicon.js';
import { safeText } from '../grounding/safe-text.js';
import { tokensOf } from '../grounding/tokens.js';
import { discountSaid, treeOf } from './discount-said.js';
import { OFFER_CHARS, type OfferKind, type OfferSaid } from './offer-words.js';
import { discountText, money } from './offer.phrases.js';
import { BOAST, PERSONAL, SCOPE, URGENCY } from './pressure.table.js';

/** What a message about an offer is held to. */
export interface OfferCheck extends OfferSaid {
  readonly facts: GroundingFacts;
  /** Words and phrases that no shopper may read. */
  readonly blocked: readonly string[];
}

/** Something that a message says and the offer does not. */
export type OfferInvention = Pick<Invention, 'kind' | 'text'>;

/** A text that may be shown, what it says beyond the offer, or why there is none. */
export type HeldOffer =
  | { readonly text: string }
  | { readonly inventions: readonly [OfferInvention, ...OfferInvention[]] }
  | { readonly unusable: string };

/** What may be said of an offer because of its kind. */
const SAYABLE: Readonly<Record<OfferKind, string>> = {
  percent: 'discount, deal, offer, you save, save money, off, reduced price, 折扣, 优惠, 打折, 立减',
  amount: 'discount, deal, offer, you save, save money, off, reduced price, 折扣, 优惠, 立减',
  'free-delivery':
    'free delivery, free shipping, free postage, deal, offer, delivery, shipping, free of charge, 包邮, 送货',
  gift: 'gift, deal, offer, 赠品, 优惠',
  bundle: 'deal, offer, 优惠',
};

const pressure = onFirstUse(() => treeOf([URGENCY, BOAST, PERSONAL, SCOPE].join(', ')));

/**
 * Holds a model's message to its offer: plain and at most 280 characters, in the language asked for as far as one can tell,
 * with the discount as it is, and with no number, thing, urgency, boast or word about the reader that is not the shop's
 * own. Linear in the text's length.
 */
export function heldOffer(answer: string, { offer, titles, language, facts, blocked }: OfferCheck): HeldOffer {
  const text = safeText(answer, { maxChars: OFFER_CHARS, blocked });
  if (text === undefined)
    return { unusable: 'nothing of the text may be shown: empty, too long, or with a blocked word' };
  const own = [offer.title ?? '', offer.terms ?? ''].filter((some) => some.trim() !== '');
  const rest = without(text, titles);
  if (!isIn(without(rest, own), language))
    return { unusable: `the text is not in the language asked for, ${language}` };
  const { isSaid, wrong } = discountSaid(rest, offer, own.join('\n'));
  const texts = [...titles, ...own, discountText(offer, language), SAYABLE[offer.kind]];
  if (offer.amount !== undefined) texts.push(money(offer.amount), `${offer.amount.amount} ${offer.amount.currency}`);
  if (offer.percent !== undefined) texts.push(`${offer.percent}%`, ...foldsOf(offer.percent));
  const invented = inventionsIn(text, { texts, names: titles }, facts);
  const [first, ...more] = [
    ...wrong.map((one) => ({ kind: 'measure' as const, text: one })),
    ...pressureIn(rest, own),
    ...invented.map(({ kind, text: said }) => ({ kind, text: said })),
  ];
  if (first !== undefined) return { inventions: [first, ...more] };
  return isSaid ? { text } : { unusable: 'the text does not say what the offer gives' };
}

/** 20 percent off as it is said in Chinese: 8 折; of 15 percent 85 折 and 8.5 折. */
function foldsOf(percent: number): readonly string[] {
  const left = 100 - percent;
  return left % 10 === 0 ? [`${left / 10}折`] : [`${left}折`, `${left / 10}折`];
}

/** Pressure that the shop's own words do not make; longest wordings, in the order of the text. */
function pressureIn(text: string, own: readonly string[]): readonly OfferInvention[] {
  const allowed = new Set(own.flatMap((some) => foundIn(some).map(({ row }) => row)));
  return foundIn(text)
    .filter(({ row }) => !allowed.has(row))
    .map(({ said }) => ({ kind: 'claim' as const, text: said }));
}

function foundIn(text: string): readonly { readonly row: number; readonly said: string }[] {
  const tokens = tokensOf(text);
  const found: { readonly row: number; readonly said: string }[] = [];
  let at = 0;
  while (at < tokens.length) {
    const match = pressure().longest(tokens, at);
    const length = match?.length ?? 1;
    if (match !== undefined)
      found.push({ row: match.value, said: text.slice(tokens[at]!.from, tokens[at + length - 1]!.to) });
    at += length;
  }
  return found;
}

/** A text without these phrases, wherever they stand as they are written; what was around one stays apart. */
const without = (text: string, phrases: readonly string[]): string =>
  phrases.filter((phrase) => phrase.trim() !== '').reduce((rest, phrase) => rest.replaceAll(phrase, ' | '), text);

/** Too little to tell passes for English; nothing but the shop's words, for any. */
function isIn(text: string, language: OfferCheck['language']): boolean {
  const told = languageTold(text)?.language;
  return told === undefined ? language === 'en' || !/\p{L}/u.test(text) : told === language;
}
