import { ASPECTS } from '../reviews/review.types.js';
import { ASPECT_NAMES } from '../reviews/summary.phrases.js';
import { told } from '../prompts/quoted.js';
import type { WrittenLanguage } from '../writing/description.style.js';
import { labelIn, valueIn } from '../writing/translated.js';

/** What a line says of a value. */
export interface Interest {
  readonly path: string;
  readonly value: string;
  /** 0 to 1; undefined where the person said it. */
  readonly strength: number | undefined;
}

const ATTRIBUTE = 'attributes.';
/** From this strength on it is often. */
const OFTEN = 0.5;
const VALUE_CHARS = 100;

/** "Often picks lunch boxes". */
export function interestText({ path, value: given, strength }: Interest, language: WrittenLanguage): string {
  const value = told(given, VALUE_CHARS);
  const often = strength === undefined || strength >= OFTEN;
  if (path === 'query') return language === 'en' ? `Looked for ${value}` : `搜索过${value}`;
  if (path === 'aspects')
    return language === 'en' ? `Cares about ${aspectIn(value, 'en')}` : `看重${aspectIn(value, 'zh')}`;
  const picks = language === 'en' ? (often ? 'Often picks' : 'Sometimes picks') : often ? '经常选择' : '有时选择';
  return language === 'en' ? `${picks} ${englishWhat(path, value)}` : `${picks}${chineseWhat(path, value)}`;
}

function englishWhat(path: string, value: string): string {
  if (path === 'categories') return lower(leafOf(value));
  if (path === 'brand') return `the brand ${value}`;
  if (path === 'tags') return `what is tagged ${value}`;
  const { label, said } = attributeOf(path, value, 'en');
  return `${label}: ${said}`;
}

function chineseWhat(path: string, value: string): string {
  if (path === 'categories') return leafOf(value);
  if (path === 'brand') return `品牌${value}`;
  if (path === 'tags') return `标签${value}`;
  const { label, said } = attributeOf(path, value, 'zh');
  return `${label}：${said}`;
}

function attributeOf(path: string, value: string, language: WrittenLanguage): { label: string; said: string } {
  const name = path.startsWith(ATTRIBUTE) ? path.slice(ATTRIBUTE.length) : path;
  const words = name
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();
  const label = labelIn(words, language);
  return { label: label ?? words, said: valueIn(value, label, language) };
}

const aspectIn = (value: string, language: WrittenLanguage): string => {
  const aspect = ASPECTS.find((one) => one === value);
  return aspect === undefined ? value : ASPECT_NAMES[language][aspect];
};

/** What a path of categories ends in. */
export const leafOf = (category: string): string => category.split(/[>|]/).at(-1)!.trim() || category;

/** As in a sentence; "DVDs" and "USB hubs" stay. */
const lower = (text: string): string => text.replace(/^\p{Lu}(?=\p{Ll}|\s)/u, (letter) => letter.toLowerCase());

/** A band of prices in what is paid for a category. */
export function priceText(
  { category: given, low, high, currency }: { category: string; low: number; high: number; currency: string },
  language: WrittenLanguage,
): string {
  const category = told(given, VALUE_CHARS);
  const [from, to] = [rounded(low), rounded(high)];
  if (language === 'zh') {
    const paid = from === to ? `${from} ${currency}左右` : `${from}至${to} ${currency}`;
    return category === '' ? `通常花费${paid}` : `买${leafOf(category)}通常花费${paid}`;
  }
  const paid = from === to ? `about ${from} ${currency}` : `${from} to ${to} ${currency}`;
  return category === '' ? `Usually pays ${paid}` : `Usually pays ${paid} for ${lower(leafOf(category))}`;
}

/** Cents matter below ten only. */
const rounded = (amount: number): string => (amount < 10 ? amount.toFixed(1).replace(/\.0$/, '') : amount.toFixed(0));
