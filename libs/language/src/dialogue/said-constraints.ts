import type { Constraint } from '../wishes/wish.js';
import type { Constraints } from '../wishes/constraints.js';
import type { WrittenLanguage } from '../writing/description.style.js';
import { labelIn, valueIn } from '../writing/translated.js';

/** How amounts are written in a language and a currency. */
export type Money = (amount: number) => string;

/** Without a currency, or with one that nobody knows, bare numbers. */
export function moneyIn(language: WrittenLanguage, currency: string | undefined): Money {
  try {
    const format = new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
    return (amount) => format.format(amount);
  } catch {
    return (amount) => String(amount);
  }
}

/** Words around values. `{0}`: the values. */
const WORDS = {
  en: {
    ...{ in: '{0}', out: 'not {0}', or: ' or ', join: ', ' },
    ...{ categories: 'in {0}', 'not categories': 'not in {0}', brand: 'by {0}', 'not brand': 'not by {0}' },
    ...{ $lt: 'under {0}', $lte: 'up to {0}', $gt: 'over {0}', $gte: 'from {0}', range: '{0} to {1}' },
  },
  zh: {
    ...{ in: '{0}', out: '不要{0}', or: '或', join: '，' },
    ...{ categories: '{0}类', 'not categories': '不要{0}类', brand: '{0}品牌', 'not brand': '不要{0}品牌' },
    ...{ $lt: '低于{0}', $lte: '不超过{0}', $gt: '高于{0}', $gte: '{0}起', range: '{0}到{1}' },
  },
} as const;
const MOST_VALUES = 4;

/** Constraints as a person would say them, in their order: "red or blue, not ceramic, under £5.00". Empty where there are none. */
export function saidConstraints(constraints: Constraints, language: WrittenLanguage, money: Money): string {
  const said = Object.entries(constraints).flatMap(([path, test]) =>
    path === 'price.amount' ? saidPrice(test, language, money) : saidValues(path, test, language),
  );
  return said.join(WORDS[language].join);
}

function saidValues(path: string, { $in = [], $nin = [] }: Constraint, language: WrittenLanguage): readonly string[] {
  const words = WORDS[language];
  const isOwn = path === 'categories' || path === 'brand';
  const label = isOwn ? undefined : labelIn(path.replace('attributes.', ''), language);
  const joined = (values: readonly string[]): string =>
    values
      .slice(0, MOST_VALUES)
      .map((value) => (isOwn ? value : valueIn(value, label, language)))
      .join(words.or) + (values.length > MOST_VALUES ? '…' : '');
  return [
    ...($in.length > 0 ? [fill(words[isOwn ? path : 'in'], joined($in))] : []),
    ...($nin.length > 0 ? [fill(words[isOwn ? (`not ${path}` as const) : 'out'], joined($nin))] : []),
  ];
}

function saidPrice(test: Constraint, language: WrittenLanguage, money: Money): readonly string[] {
  const words = WORDS[language];
  const { $gte: low, $lte: high } = test;
  if (low !== undefined && high !== undefined) return [fill(words.range, money(low), money(high))];
  return (['$gt', '$gte', '$lt', '$lte'] as const).flatMap((bound) => {
    const amount = test[bound];
    return amount === undefined ? [] : [fill(words[bound], money(amount))];
  });
}

const fill = (text: string, ...values: readonly string[]): string =>
  text.replace(/\{(\d)\}/g, (_, place: string) => values[Number(place)] ?? '');
