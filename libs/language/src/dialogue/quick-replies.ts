import { PRICE } from '../wishes/prices.js';
import type { WishReader } from '../wishes/wish-reader.js';
import type { WrittenLanguage } from '../writing/description.style.js';
import { labelIn, valueIn } from '../writing/translated.js';
import type { DialogueState } from './dialogue-state.js';

/** Something a shopper may say next, and what a button with it shows. */
export interface QuickReply {
  readonly label: string;
  /** To be sent as the next message. */
  readonly message: string;
}

/** Values of a field over what was found, the most frequent first. */
export interface FieldCounts {
  readonly path: string;
  readonly values: readonly { readonly value: string; readonly count: number }[];
}

/** What was found: items that fit, and those whose values were counted; who will read the next message. */
export interface QuickReplyFacts {
  readonly total: number;
  readonly counted: number;
  readonly reader: Pick<WishReader, 'read'>;
}

const MOST = 6;
const VALUES_A_FIELD = 3;
/** Of a field whose first values nobody could say no more are tried. */
const MOST_TRIED = 20;
/** Longer ones are no buttons. */
const LONGEST = 40;
const SAID = {
  en: { cheaper: 'Cheaper', more: 'More', 'start-over': 'Start over', help: 'What can you do?' },
  zh: { cheaper: '便宜一点', more: '更多', 'start-over': '重新开始', help: '你能做什么？' },
} as const;
/** How a value is said; `{1}`: the name of its field. The first that is understood is taken. */
const VALUE_SAID = {
  en: ['in {0}', '{1}: {0}', '{1} {0}'],
  zh: ['要{0}', '{1}：{0}', '{1}要{0}', '{1}: {0}'],
} as const;
/** The name of a category alone is a search by it. */
const OWN_SAID = {
  en: { categories: 'in the {0} category', brand: 'by {0}' },
  zh: { categories: '类别：{0}', brand: '品牌：{0}' },
} as const;
const FIELD_SAID = {
  en: { categories: 'category', brand: 'brand' },
  zh: { categories: '类别', brand: '品牌' },
} as const;
/** How one says that a field does not matter any more. */
const ANY = { en: 'any {1}', zh: '{1}不限' } as const;

/**
 * What may be said next. Values that part what was found (neither all of it has them nor is one asked for already), something
 * cheaper where prices were shown, more. Each message is one that the reader understands so; what it does not is left out.
 */
export function quickReplies(
  state: DialogueState,
  counts: readonly FieldCounts[],
  { total, counted, reader }: QuickReplyFacts,
): readonly QuickReply[] {
  const { language, shown } = state;
  const words = SAID[language];
  const fields = counts.filter(({ path }) => path !== PRICE && state.constraints[path]?.$in === undefined);
  const values = fields.flatMap(({ path, values: all }) =>
    firstOf(
      all.filter(({ count }) => count < counted).map(({ value }) => value),
      VALUES_A_FIELD,
      (value) => saidValue(path, value, { language, reader }),
    ),
  );
  const priced = shown.filter(({ price }) => price !== undefined).length > 1 && state.sort === undefined;
  const fixed = [
    ...(priced ? [plain(words.cheaper)] : []),
    ...(total > shown.length ? [plain(words.more)] : []),
    ...(shown.length === 0 ? [plain(words['start-over'])] : []),
  ];
  return [...values.slice(0, MOST - fixed.length), ...fixed];
}

/** Where nothing is asked for yet: what the shop has. */
export const firstReplies = (
  categories: readonly string[],
  language: WrittenLanguage,
  reader: Pick<WishReader, 'read'>,
): readonly QuickReply[] => [
  ...firstOf(categories, MOST - 1, (value) => saidValue('categories', value, { language, reader })),
  plain(SAID[language].help),
];

/** How one says that a constraint does not matter any more; undefined where nothing would be understood so. */
export const withdrawal = (
  path: string,
  language: WrittenLanguage,
  reader: Pick<WishReader, 'read'>,
): string | undefined =>
  fieldNames(path, language)
    .map((name) => filled(ANY[language], '', name))
    .find((message) => {
      const { removed, parts, rest } = reader.read(message);
      return removed.length === 1 && removed[0] === path && parts.length === 0 && rest === '';
    });

const plain = (label: string): QuickReply => ({ label, message: label });

/** Replies with the first so many values that have one. */
function firstOf(
  values: readonly string[],
  most: number,
  reply: (value: string) => QuickReply | undefined,
): readonly QuickReply[] {
  const found: QuickReply[] = [];
  for (const value of values.filter(({ length }) => length <= LONGEST).slice(0, MOST_TRIED)) {
    const one = reply(value);
    if (one !== undefined) found.push(one);
    if (found.length === most) break;
  }
  return found;
}

function saidValue(
  path: string,
  value: string,
  { language, reader }: { readonly language: WrittenLanguage; readonly reader: Pick<WishReader, 'read'> },
): QuickReply | undefined {
  const isOwn = path === 'categories' || path === 'brand';
  const texts = [...(isOwn ? [OWN_SAID[language][path]] : []), ...VALUE_SAID[language]];
  const said = fieldNames(path, language).flatMap((name) => texts.map((text) => filled(text, value, name)));
  const message = said.find((one) => means(reader, one, { path, value }));
  if (message === undefined) return undefined;
  const label = isOwn ? value : valueIn(value, labelIn(nameOf(path), language), language);
  return { label, message };
}

/** Whether a message asks for a value of a field and for nothing else. */
function means(
  reader: Pick<WishReader, 'read'>,
  message: string,
  { path, value }: { readonly path: string; readonly value: string },
): boolean {
  const { parts, rest, relative, sort, removed, asks, ordinals, foreign, unwanted } = reader.read(message);
  const others = [relative, removed, ordinals, foreign, unwanted].some((one) => one.length > 0);
  const [only] = parts;
  return (
    parts.length === 1 &&
    only?.path === path &&
    only.test.$in?.includes(value) === true &&
    rest === '' &&
    !others &&
    sort === undefined &&
    asks === undefined
  );
}

const nameOf = (path: string): string => path.replace(/^attributes\./, '');

/** Names of a field that a shopper might say: in his language, then as the shop calls it. */
function fieldNames(path: string, language: WrittenLanguage): readonly string[] {
  if (path === PRICE) return [language === 'en' ? 'price' : '价格'];
  if (path === 'categories' || path === 'brand') return [FIELD_SAID[language][path]];
  const name = nameOf(path);
  const words = name.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2').replaceAll(/[_.-]+/g, ' ');
  return [...new Set([labelIn(name, language) ?? name, words, name])];
}

const filled = (text: string, value: string, name: string): string =>
  text.replace(/\{([01])\}/g, (_, gap: string) => (gap === '0' ? value : name));
