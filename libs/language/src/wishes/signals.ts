import { isJoining, type Reading } from './reading.js';
import type { Tag } from './tags.js';
import { hasTag, isPlain, type Unit } from './units.js';
import type { Ask, RelativeWish, Sort } from './wish.js';

const RELATIVES = ['cheaper', 'dearer', 'bigger', 'smaller', 'similar', 'different'] as const;
const SORTS = ['price-asc', 'price-desc', 'newest'] as const;
/** Of several, the first is heard. */
const ASKS = ['start-over', 'person', 'order-status', 'compare', 'more', 'help'] as const satisfies readonly (Ask &
  Tag)[];

/** Reads fields on which nothing is asked for any more: "any color", "price does not matter". */
export function readRemoved(reading: Reading): void {
  for (const [at, unit] of reading.units.entries()) {
    if (unit.field === undefined || reading.isUsed(at)) continue;
    const next = reading.past(at + 1, 1, isLinking);
    const named = reading.free(next)?.values.some(({ path }) => path === unit.field) ?? false;
    const lead = reading.past(at - 1, -1, (one) => isJoining(one) && !hasTag(one, 'any', 'no-matter'));
    const after = hasTag(reading.free(next), 'not-matter');
    const before = !named && hasTag(reading.free(lead), 'any', 'no-matter');
    if (!after && !before) continue;
    reading.removed.add(unit.field);
    reading.use(before ? lead : at, after ? next + 1 : at + 1);
  }
}

const isLinking = (unit: Unit): boolean => isJoining(unit) && !hasTag(unit, 'and', 'but');

/** Bounds of prices, where no price follows: "cheaper than the second one". */
const THAN: ReadonlyMap<string, 'cheaper' | 'dearer'> = new Map([
  ['cheaper than', 'cheaper'],
  ['less expensive than', 'cheaper'],
  ['more expensive than', 'dearer'],
]);

/** Reads what is compared with what was shown before. Nothing was before a query: there, only "cheap" says something. */
export function readRelative(reading: Reading): readonly RelativeWish[] {
  const wishes: RelativeWish[] = [];
  for (const [at, unit] of reading.units.entries()) {
    const isThan = reading.mode === 'turn' && !reading.isUsed(at);
    const kind = RELATIVES.find((one) => hasTag(unit, one)) ?? (isThan ? THAN.get(unit.text) : undefined);
    if (reading.mode === 'query' && kind !== 'cheaper') continue;
    if (kind === undefined || refusesValue(reading, at) || reading.isUsed(at) || unit.values.length > 0) continue;
    if (!wishes.some((wish) => wish.kind === kind)) wishes.push({ kind, span: reading.spanOf(at, at + 1) });
    reading.use(at, at + 1);
  }
  return wishes;
}

/** 红色的都不要 refuses a color, 都不要 what was shown. */
const refusesValue = (reading: Reading, at: number): boolean =>
  hasTag(reading.units[at], 'refused') && (reading.free(reading.past(at - 1, -1))?.values.length ?? 0) > 0;

/** Reads the order that is asked for; of several, the first. */
export function readSort(reading: Reading): Sort | undefined {
  let sort: Sort | undefined;
  for (const [at, unit] of reading.units.entries()) {
    const said = SORTS.find((one) => hasTag(unit, one));
    if (said === undefined || reading.isUsed(at) || unit.values.length > 0) continue;
    sort ??= said;
    reading.use(at, at + 1);
  }
  return sort;
}

/**
 * Reads a question to the shop. In a query, and where it is a call for help, only if the text is nothing else.
 * @param more whether anything else was read
 */
export function readAsk(reading: Reading, more: boolean): Ask | undefined {
  const said = ASKS.find((ask) => reading.units.some((_, at) => asksAt(reading, at, ask)));
  if (said === undefined) return undefined;
  const places = new Set([...reading.units.keys()].filter((at) => asksAt(reading, at, said)));
  const nothingElse = !more && !reading.units.some((unit, at) => !reading.isUsed(at) && !places.has(at) && says(unit));
  if (reading.mode === 'query' && !nothingElse) return undefined;
  for (const at of places) reading.use(at, at + 1);
  return said === 'help' && !nothingElse ? undefined : said;
}

function asksAt(reading: Reading, at: number, ask: (typeof ASKS)[number]): boolean {
  const unit = reading.free(at);
  if (unit === undefined) return false;
  if (ask === 'order-status' && hasTag(unit, 'order', 'where')) return isAboutOrder(reading);
  if (!hasTag(unit, ask)) return false;
  const next = reading.free(at + 1);
  // "human hair", "more modern"
  return (
    unit.text.includes(' ') ||
    !(isPlain(next) || next?.values.some(({ path }) => path.startsWith('attributes.')) === true)
  );
}

const isAboutOrder = (reading: Reading): boolean =>
  reading.units.some((unit) => hasTag(unit, 'order')) && reading.units.some((unit) => hasTag(unit, 'where'));

const says = (unit: Unit): boolean =>
  unit.kind === 'word' && !hasTag(unit, 'filler', 'weak', 'skip') && !hasTag(unit, ...ASKS, 'where', 'order');
