import type { Item } from '@attune/sdk';
import type { RelativeWish } from '../wishes/wish.js';
import type { DialogueState } from './dialogue-state.js';
import { sentence } from './replies.table.js';
import { saidConstraints } from './said-constraints.js';
import { toldFields, toldItem, toldText, toldTitle, type Telling, type ToldField } from './told-item.js';

const [QUERY_CHARS, CONSTRAINTS_CHARS] = [80, 400];
const SIZES = { en: { bigger: 'bigger', smaller: 'smaller' }, zh: { bigger: '更大', smaller: '更小' } } as const;

/** What came of looking for items. */
export interface Found {
  readonly kind: 'find' | 'more' | 'similar' | 'reject';
  readonly state: DialogueState;
  readonly items: readonly Item[];
  /** The item whose like was asked for. */
  readonly seed?: Item | undefined;
  /** How many of the items have every word that was searched by; the others come close. */
  readonly exact: number;
  /** Where nothing was found: a constraint without which something would be, and how to say so. */
  readonly without?: { readonly said: string; readonly say: string } | undefined;
  readonly relative: readonly RelativeWish[];
  /** The shop's, where a price was said in another one. */
  readonly foreign?: string | undefined;
}

/** What was found, in words: how many for what, and the least expensive by its number. */
export function foundReply(found: Found, telling: Telling): string {
  const { language } = telling;
  const text = headline(found, telling);
  const sized = (['bigger', 'smaller'] as const).find((size) => found.relative.some(({ kind }) => kind === size));
  return [
    text,
    ...(found.items.length > 1 ? [cheapestOf(found.items, telling)] : []),
    ...(sized === undefined ? [] : [sentence(language, 'sizes', { size: SIZES[language][sized] })]),
    ...(found.foreign === undefined ? [] : [sentence(language, 'foreign', { currency: found.foreign })]),
  ].join('');
}

function headline(found: Found, telling: Telling): string {
  const { language, money } = telling;
  const { kind, state, items, exact } = found;
  const told = (text: string): string => toldText(text, CONSTRAINTS_CHARS, telling);
  const said = told(saidConstraints(state.constraints, language, money));
  const without = told(found.without?.said ?? '') === '' ? undefined : found.without;
  const constraints = said === '' ? '' : sentence(language, 'constraints', { said });
  const query = toldText(state.query.slice(0, QUERY_CHARS), QUERY_CHARS, telling);
  const what = (query === '' ? '' : sentence(language, 'for', { query })) + constraints;
  const n = items.length;
  const one = n === 1 ? (' one' as const) : ('' as const);
  if (n === 0 && without !== undefined)
    return sentence(language, 'none but', { what, without: told(without.said), say: without.say });
  if (n === 0) return sentence(language, kind === 'more' ? 'no more' : 'none', { what });
  if (found.seed !== undefined)
    return sentence(language, `similar${one}`, { n, title: toldTitle(found.seed, telling), what: constraints });
  if (exact === 0)
    return sentence(language, without === undefined ? 'close' : 'close but', {
      what,
      without: told(without?.said ?? ''),
      say: without?.say ?? '',
    });
  const headed = sentence(language, `${kind === 'more' ? 'more' : 'found'}${exact === 1 ? ' one' : ''}`, {
    n: exact,
    what,
  });
  return exact < n ? headed + sentence(language, 'others', { n: n - exact }) : headed;
}

function cheapestOf(items: readonly Item[], { language, money }: Telling): string {
  let least: number | undefined;
  for (const [i, { price }] of items.entries())
    if (price !== undefined && (least === undefined || price.amount < items[least]!.price!.amount)) least = i;
  if (least === undefined) return '';
  return sentence(language, 'cheapest', { place: least + 1, price: money(items[least]!.price!.amount) });
}

/** What the catalogue says of items that were pointed at; `places`: as they were numbered. */
export function detailsReply(
  items: readonly Item[],
  { places, asked }: { readonly places: readonly number[]; readonly asked: string },
  telling: Telling,
): string {
  const told = items.map((item, i) => `[${places[i]}] ${toldItem(item, telling)}`).join('\n');
  const words = asked
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word.length > 2);
  const lower = JSON.stringify(items).toLowerCase();
  const isSaid = words.every((word) => lower.includes(word));
  const asks = toldText(asked.slice(0, QUERY_CHARS), QUERY_CHARS, telling);
  return isSaid || asks === '' ? told : told + sentence(telling.language, 'not said', { asked: asks });
}

/** How items differ, in words; `places`: as they were numbered. */
export function comparedReply(items: readonly Item[], places: readonly number[], telling: Telling): string {
  const { language } = telling;
  const fields = toldFields(items, telling).filter(({ values }) => new Set(values).size > 1);
  const sentences = [
    ...priceDifference(items, places, telling),
    ...fields.filter(({ field }) => field !== 'price').map((field) => differing(field, places, language)),
  ];
  const head = items.map((item, i) => `[${places[i]}] ${toldTitle(item, telling)}`).join('\n');
  return `${head}\n${sentences.length === 0 ? sentence(language, 'same') : sentences.join(language === 'en' ? ' ' : '')}`;
}

function differing({ label, values }: ToldField, places: readonly number[], language: Telling['language']): string {
  const said = values.map((value, i) => `[${places[i]}] ${value === '' ? '–' : value}`);
  return sentence(language, 'differ', { label, values: said.join(language === 'en' ? ', ' : '，') });
}

function priceDifference(items: readonly Item[], places: readonly number[], telling: Telling): readonly string[] {
  const priced = items
    .flatMap(({ price }, i) => (price === undefined ? [] : [{ amount: price.amount, place: places[i]! }]))
    .sort((a, b) => a.amount - b.amount);
  const [first] = priced;
  const last = priced.at(-1);
  if (first === undefined || last === undefined || first.amount === last.amount) return [];
  const difference = telling.money(last.amount - first.amount);
  return [sentence(telling.language, 'cheaper', { a: first.place, b: last.place, difference })];
}
