import { setImmediate as turn } from 'node:timers/promises';
import type { EnrichmentFacts } from '@attune/language/understanding';
import { compilePredicate, type Item, type Predicate, type TenantStores } from '@attune/sdk';
import type { TitledItem } from './duplicates.thread.js';
import { ENRICHMENT, itemHash } from './enrichment.record.js';
import { knownIn } from './kept-enrichments.js';
import { attributeOf } from './settle.js';

/** Values of one attribute; the first ones in the catalogue's order. */
const MOST_VALUES = 5_000;
/** Items read between two turns of others. */
const SLICE = 50;

/** What is read of a catalogue before the first text is. */
export interface ScannedCatalogue {
  /** Items that are asked for. */
  readonly titles: readonly TitledItem[];
  /** Values as the catalogue spells them: those that were written here are no example. */
  readonly facts: EnrichmentFacts;
}

export interface ScanOptions {
  readonly where: Predicate | undefined;
  /** Names of the attributes whose values are wanted. */
  readonly attributes: readonly string[];
  readonly signal: AbortSignal;
}

/** Reads a catalogue once, at the start: a scan that lasted as long as the work would see another one at its end. */
export async function scannedCatalogue(
  { items, records }: Pick<TenantStores, 'items' | 'records'>,
  { where, attributes, signal }: ScanOptions,
): Promise<ScannedCatalogue> {
  const passes = where === undefined ? (): boolean => true : compilePredicate(where);
  const titles: TitledItem[] = [];
  const values = new Map(attributes.map((name) => [name, new Set<string>()]));
  await items.refresh();
  for await (const page of items.scan()) {
    signal.throwIfAborted();
    titles.push(...page.filter((item) => passes(item)).map(({ id, title }) => ({ id, title })));
    const telling = page.filter((item) => attributes.some((name) => attributeOf(item, name) !== undefined));
    for (let from = 0; from < telling.length; from += SLICE) {
      await takeAll(telling.slice(from, from + SLICE), records, values);
      await turn();
    }
  }
  return { titles, facts: { known: new Map([...values].map(([name, own]) => [name, [...own]] as const)) } };
}

async function takeAll(
  items: readonly Item[],
  records: TenantStores['records'],
  values: ReadonlyMap<string, Set<string>>,
): Promise<void> {
  const kept = await records.get(
    ENRICHMENT,
    items.map(({ id }) => id),
  );
  for (const [i, item] of items.entries()) {
    const { written = [] } = knownIn(kept[i]).enrichment ?? {};
    const hash = written.length === 0 ? undefined : itemHash(item);
    takeValues(item, new Set(written.find((one) => one.item === hash)?.owns), values);
  }
}

function takeValues(item: Item, ours: ReadonlySet<string>, values: ReadonlyMap<string, Set<string>>): void {
  for (const [name, own] of values)
    for (const value of ours.has(`attributes.${name}`) ? [] : [attributeOf(item, name) ?? []].flat())
      if (typeof value === 'string' && own.size < MOST_VALUES) own.add(value);
}
