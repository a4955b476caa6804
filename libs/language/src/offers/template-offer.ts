import { safeText } from '../grounding/safe-text.js';
import type { Tone } from '../writing/description.style.js';
import { OFFER_CHARS, type OfferSaid } from './offer-words.js';
import { OFFER_SENTENCES } from './offer.phrases.js';

/**
 * A message about an offer by fixed sentences: with as many items, and as much of the shop's own words, as there is room
 * for and may be shown. Undefined where not even what the offer gives may be shown.
 */
export function templateOffer(
  { offer, titles, language }: OfferSaid,
  { tone, blocked }: { readonly tone: Tone; readonly blocked: readonly string[] },
): string | undefined {
  const sentence = OFFER_SENTENCES[language];
  const names = titles.map(plain).filter((name) => name !== '');
  const isOwn = offer.kind === 'gift' || offer.kind === 'bundle';
  const own = { ...offer, ...(offer.title !== undefined && { title: plain(offer.title) }) };
  const wordings = [own, ...(isOwn ? [] : [{ ...own, title: undefined }])].flatMap((words) =>
    [names, names.slice(0, 1), []].map((some) => sentence(words, some, tone)),
  );
  // What is cut at a sentence's end could lack the offer.
  const fitting = wordings.filter((text) => text.length <= OFFER_CHARS);
  return fitting.map((text) => safeText(text, { maxChars: OFFER_CHARS, blocked })).find((text) => text !== undefined);
}

/** On one line, without markup and without the end of a sentence: the sentence around it has one. */
const plain = (text: string): string =>
  (safeText(text, { maxChars: text.length, blocked: [] }) ?? '').replace(/[\s.。!！?？,，;；:：]+$/u, '');
