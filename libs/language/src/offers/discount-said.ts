import { amountsIn, type Amount } from '../grounding/amounts.js';
import { evidenceOf } from '../grounding/evidence.js';
import { rowsOf } from '../grounding/lexicon.js';
import { PhraseTree } from '../grounding/phrase-tree.js';
import { tokensOf, type Token } from '../grounding/tokens.js';
import { onFirstUse } from '../first-use.js';
import type { OfferWords } from './offer-words.js';
import { HEDGES } from './pressure.table.js';

/** What makes a discount of an amount: before it, or after it. */
const BEFORE = 'save, saving, less, reduced by, discount of, cut by, 减, 省, 优惠, 降, 便宜, 直降, 立减, 打';
const AFTER = 'off, discount, less, saving, reduction, voucher, 折扣, 优惠, 减免';
/** "20% of a discount", "8 折优惠". */
const [REACH_BEFORE, REACH_AFTER] = [3, 2];
const FREE_DELIVERY =
  'free delivery, free shipping, free postage, ship free, no delivery fee, no shipping fee, 包邮, 免运费, 免邮, 免费送货';
const FOLD = '折';
const CURRENCY = /^(?:\$|£|€|¥|jpy|p|cent|chf|inr|krw|aud|cad)$/;

const trees = onFirstUse(() => ({
  before: treeOf(BEFORE),
  after: treeOf(AFTER),
  hedges: treeOf(HEDGES),
  freeDelivery: treeOf(FREE_DELIVERY),
}));

/** Phrases of a table as a tree; the value is their row. */
export function treeOf(table: string): PhraseTree<number> {
  const tree = new PhraseTree<number>();
  for (const [row, wordings] of rowsOf(table).entries())
    for (const wording of wordings)
      tree.add(
        tokensOf(wording).map(({ term }) => term),
        row,
      );
  return tree;
}

export interface SaidDiscount {
  /** Whether the offer's own discount is told, as it is. */
  readonly isSaid: boolean;
  /** Amounts that are told as a discount, or as a price, and are not the offer's: as the text has them. */
  readonly wrong: readonly string[];
}

/**
 * How a text tells an offer's discount. `text` is without the names of items: "100% cotton" is no discount. What the shop's
 * own words (`own`) have as a discount, or as another amount, may stand as such.
 */
export function discountSaid(text: string, offer: OfferWords, own: string): SaidDiscount {
  const tokens = tokensOf(text);
  const known = knownIn(own);
  const right = new Set(rightKeys(offer));
  let isSaid = isToldWithoutNumber(tokens, text, offer);
  const wrong: string[] = [];
  for (const amount of pricesIn(tokens)) {
    const isDiscount = isInRole(tokens, amount);
    const keys = keysOf(amount);
    if (isDiscount && keys.some((key) => right.has(key)) && !isHedged(tokens, amount)) isSaid = true;
    else if (!keys.some((key) => known[isDiscount ? 'discounts' : 'others'].has(key)))
      wrong.push(text.slice(tokens[amount.at]!.from, tokens[amount.at + amount.length - 1]!.to));
  }
  return { isSaid, wrong };
}

/** Amounts that could be read as a discount or a price. */
const pricesIn = (tokens: readonly Token[]): readonly Amount[] =>
  amountsIn(tokens).filter(({ units }) => units.some((unit) => unit === '%' || unit === FOLD || CURRENCY.test(unit)));

/** Those of the shop's own words: by whether they are told as discounts there. */
function knownIn(own: string): Readonly<Record<'discounts' | 'others', ReadonlySet<string>>> {
  const tokens = tokensOf(own);
  const keysOfAll = (areDiscounts: boolean): ReadonlySet<string> =>
    new Set(
      pricesIn(tokens)
        .filter((amount) => isInRole(tokens, amount) === areDiscounts)
        .flatMap(keysOf),
    );
  return { discounts: keysOfAll(true), others: keysOfAll(false) };
}

/** Kinds without a number of their own: by the words for free delivery, or by the shop's. */
function isToldWithoutNumber(tokens: readonly Token[], text: string, { kind, title = '' }: OfferWords): boolean {
  if (kind === 'free-delivery') return tokens.some((_, at) => trees().freeDelivery.longest(tokens, at) !== undefined);
  if (kind !== 'gift' && kind !== 'bundle') return false;
  const words = (some: string): string =>
    tokensOf(some)
      .map(({ term }) => term)
      .join(' ');
  return title.trim() !== '' && ` ${words(text)} `.includes(` ${words(title)} `);
}

/** `number|unit` as `Vouched.amounts` has them; of 8 折 what is taken off: 20|%. */
function keysOf({ readings, units }: Amount): readonly string[] {
  return readings.flatMap((numbers) =>
    numbers.flatMap((number) => units.map((unit) => (unit === FOLD ? `${percentOff(number)}|%` : `${number}|${unit}`))),
  );
}

/** What 8 折 and 85 折 take off: 20 and 15 percent. */
function percentOff(fold: string): string {
  const value = Number(fold);
  return String(Number((100 - (value < 10 ? value * 10 : value)).toPrecision(12)));
}

function rightKeys({ kind, percent, amount }: OfferWords): readonly string[] {
  if (kind === 'percent' && percent !== undefined) return [`${percent}|%`];
  if (kind !== 'amount' || amount === undefined) return [];
  const [, ...prices] = evidenceOf({ id: '', title: '', price: amount }).texts;
  return prices.flatMap((price) => amountsIn(tokensOf(price)).flatMap(keysOf));
}

/** Whether words make a discount of it: "20% off", "save £5", "立减10元". */
function isInRole(tokens: readonly Token[], { units, at, length }: Amount): boolean {
  if (units.includes(FOLD)) return true;
  const starts = (from: number, to: number): readonly number[] =>
    Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i).filter((i) => i >= 0 && i < tokens.length);
  const isBefore = starts(at - REACH_BEFORE, at).some((from) => {
    const reach = trees().before.longest(tokens, from)?.length ?? 0;
    return reach > 0 && from + reach <= at && isOneClause(tokens, from, at);
  });
  const end = at + length;
  const isAfter = starts(end, end + REACH_AFTER).some(
    (from) => trees().after.longest(tokens, from) !== undefined && isOneClause(tokens, at, from),
  );
  return isBefore || isAfter;
}

const isOneClause = (tokens: readonly Token[], from: number, to: number): boolean =>
  tokens.slice(from + 1, to + 1).every(({ gap }) => gap !== 'clause');

function isHedged(tokens: readonly Token[], { at }: Amount): boolean {
  // "up to a 20% discount": an article in between makes no difference.
  const end = tokens[at - 1]?.term === 'a' || tokens[at - 1]?.term === 'an' ? at - 1 : at;
  return [1, 2, 3].some((length) => {
    const found = end - length < 0 ? undefined : trees().hedges.longest(tokens, end - length);
    return found?.length === length;
  });
}
