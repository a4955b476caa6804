import type { Item } from '@attune/sdk';
import { languageTold } from '../enrichment/language-told.js';
import { evidenceOf } from '../grounding/evidence.js';
import { inventionsIn } from '../grounding/inventions.js';
import { termsOf, type GroundingFacts } from '../grounding/lexicon.js';
import { safeText } from '../grounding/safe-text.js';
import type { WrittenLanguage } from '../writing/description.style.js';
import { CLAIMS_BY_REASON, type ReasonClaims } from './reason-claims.table.js';
import { claimsIn, falseClaim, type SaidClaim } from './reason-claims.js';
import { falseLikeness } from './reason-likeness.js';
import { readReason, type ReadText, type Unit } from './reason-units.js';

/** Most UTF-16 units of a reason. */
export const REASON_CHARS = 160;

/** What the words of a reason are held to. */
export interface ReasonCheck {
  readonly item: Item;
  /** Key, as `because-you-bought`. */
  readonly reason: string;
  /** The items it points to, those that the catalogue has. */
  readonly evidence: readonly Item[];
  readonly params: Readonly<Record<string, string | number>>;
  /** What was searched for; undefined where nothing was. */
  readonly query: string | undefined;
  readonly language: WrittenLanguage;
  /** Other things that could be named by mistake, as those of the same slate. */
  readonly facts: GroundingFacts;
  /** Words and phrases that no shopper may read. */
  readonly blocked: readonly string[];
}

/** Words that may be shown, or why they may not. */
export type HeldReason = { readonly text: string } | { readonly refused: string };

/** Whether a reason of this key can be put into other words at all: only what the table knows can be held to its data. */
export const isPhrasable = (reason: string): boolean => CLAIMS_BY_REASON.has(reason);

/**
 * Holds a model's words for a reason to the item, the evidence and the query: plain and short, in the language asked for as far as one can
 * tell, no value, number, name or claim that the item's data do not have, nothing of the past, of others or of time that the key does not
 * stand for, said of nothing but the evidence, and no other word but those of the data and of a table. And the reason has to be
 * told. English and Chinese; what is doubtful is refused. Time grows with the length of text and data.
 */
export function heldReason(answer: string, check: ReasonCheck): HeldReason {
  const { item, reason, evidence, query, language, facts, blocked } = check;
  const claims = CLAIMS_BY_REASON.get(reason);
  if (claims === undefined) return refused('its key is not known');
  if (claims.needsEvidence === true && evidence.length === 0) return refused('there is no evidence');
  const text = safeText(answer, { maxChars: REASON_CHARS, blocked });
  if (text === undefined) return refused('nothing of it may be shown: empty, too long, or with a blocked word');
  const titles = [item, ...evidence].map(({ title }) => title);
  if (!isIn(text, [...titles, query ?? ''], language))
    return refused(`it is not in the language asked for, ${language}`);
  const { masked, hasQuery } = withoutQuoted(text, query);
  const own = evidenceOf(item);
  const texts = [...own.texts, RECOMMENDED, claims.vouches ?? ''];
  const [invention] = inventionsIn(masked, { texts, names: titles }, facts);
  if (invention !== undefined) return refused(`${invention.kind} ${invention.text}`);
  const past = claims.ofItself === true ? [item] : evidence;
  const read = readReason(masked, { own: sourceOf([item]), past: sourceOf(past) });
  const why = whyNot(read, check, { claims, hasQuery, isOwn: past.some(({ id }) => id === item.id) });
  return why === undefined ? { text } : refused(typeof why === 'string' ? why : saidAt(masked, read, why));
}

/** What a shop may say of what it shows. */
const RECOMMENDED = 'recommended';

const refused = (why: string): HeldReason => ({ refused: why });
const sourceOf = (items: readonly Item[]) => ({
  texts: items.flatMap((item) => evidenceOf(item).texts),
  titles: items.map(({ title }) => title),
});

/** What is wrong with a text whose values and names hold: the place in it, or what it lacks. */
function whyNot(
  read: ReadText,
  check: ReasonCheck,
  { claims, hasQuery, isOwn }: { readonly claims: ReasonClaims; readonly hasQuery: boolean; readonly isOwn: boolean },
): Pick<Unit, 'at' | 'length'> | string | undefined {
  const said = claimsIn(read);
  const isStrange = ({ plain, own, past }: Unit): boolean => !plain && !own && !past;
  const wrong =
    falseClaim(read, said, claims.may, isOwn) ??
    read.units.find(isStrange) ??
    (isOwn || check.evidence.length === 0 ? undefined : falseLikeness(read, differing(check)));
  if (wrong !== undefined) return wrong;
  return tellsIt(read, said, claims.says, { check, hasQuery }) ? undefined : 'it does not tell the reason';
}

/** Whether the text says what the reason is. */
function tellsIt(
  { tokens, units }: ReadText,
  said: readonly SaidClaim[],
  says: ReasonClaims['says'],
  { check, hasQuery }: { readonly check: ReasonCheck; readonly hasQuery: boolean },
): boolean {
  if (typeof says !== 'string') return said.some(({ claim }) => says.includes(claim));
  if (says === 'evidence') {
    const ofPast = units.filter(({ plain, past }) => past && !plain);
    // Words that both have may just describe the item.
    return ofPast.some(({ own }) => !own) || (ofPast.length > 0 && said.length > 0);
  }
  if (says === 'query' && hasQuery) return true;
  const given = says === 'value' ? [check.params['value']] : String(check.params['words'] ?? '').split(', ');
  const terms = spaced(tokens.map(({ term }) => term));
  return given.map((one) => termsOf(String(one ?? ''))).some((own) => own.length > 0 && terms.includes(spaced(own)));
}

const spaced = (terms: readonly string[]): string => ` ${terms.join(' ')} `;

/** The words that stand at a place. */
function saidAt(text: string, { tokens }: ReadText, { at, length }: Pick<Unit, 'at' | 'length'>): string {
  return text.slice(tokens[at]!.from, tokens[at + length - 1]!.to);
}

/** Names are of any language. Too little to tell passes for English, as names alone do. */
function isIn(text: string, names: readonly string[], language: WrittenLanguage): boolean {
  const own = names.filter((name) => name.trim() !== '').reduce((rest, name) => rest.replaceAll(name, ' '), text);
  const told = languageTold(own)?.language;
  return language === 'en' ? told === undefined || told === 'en' : told === language;
}

const QUOTES = /["“”'‘’「」『』《》]/u;

/** The text without the query in quotes: what somebody searched for is his word, and none about the item. */
function withoutQuoted(text: string, query = ''): { readonly masked: string; readonly hasQuery: boolean } {
  const at = query.trim() === '' ? -1 : text.toLowerCase().indexOf(query.trim().toLowerCase());
  const end = at + query.trim().length;
  if (at < 1 || !QUOTES.test(text[at - 1]!) || !QUOTES.test(text[end] ?? '')) return { masked: text, hasQuery: false };
  return { masked: text.slice(0, at - 1) + ' '.repeat(end - at + 2) + text.slice(end + 1), hasQuery: true };
}

/** Names of attributes that both have, with no value in common: "the same color" is not said of them. As terms. */
function differing({ item, evidence }: ReasonCheck): ReadonlySet<string> {
  const valuesOf = ({ attributes = {} }: Item, name: string): readonly string[] =>
    [attributes[name] ?? []].flat().map((value) => String(value).toLowerCase());
  const names = Object.keys(item.attributes ?? {}).filter((name) =>
    evidence.every((one) => !valuesOf(one, name).some((value) => valuesOf(item, name).includes(value))),
  );
  return new Set(names.flatMap((name) => [termsOf(name).join(''), ...termsOf(name)]));
}
