import type { Item } from '@attune/sdk';
import { itemHash, type EnrichedValue, type Enrichment } from './enrichment.record.js';

/** A language of a few words is a guess: it is written where it is surer than this. */
const LANGUAGE_FROM = 0.9;
/** Versions of an item that are known as ours: one is written while another is still there. */
const MOST_WRITTEN = 4;
const ATTRIBUTE = 'attributes.';

export interface Settling {
  /** Values that are at least so sure are applied without being asked for. */
  readonly applyFrom: number;
  /** Names of attributes that the configuration declares as keywords: no others are applied. */
  readonly declared: ReadonlySet<string>;
  /** ISO time. */
  readonly at: string;
}

/** How an item and what is known of it should be. The same objects where nothing is to change. */
export interface Settled {
  readonly item: Item;
  readonly enrichment: Enrichment;
  readonly counts: SettledCounts;
}

/** What became another, values by attribute. */
export interface SettledCounts {
  /** Whether a language was written into the item. */
  readonly language: boolean;
  /** Newly written into the item. */
  readonly applied: readonly string[];
  /** Newly waiting for somebody. */
  readonly review: readonly string[];
  /** Taken out of the item. */
  readonly withdrawn: readonly string[];
}

type Attributes = Readonly<NonNullable<Item['attributes']>>;

/**
 * Brings an item and its enrichment together. What a feed or a person gave the item stays as it is: only members that are
 * missing, or that were written here into this very version of the item, are set, changed or taken back.
 */
export function settled(item: Item, enrichment: Enrichment, settling: Settling): Settled {
  const hash = itemHash(item);
  const owned = new Set(enrichment.written.find((one) => one.item === hash)?.owns);
  const given = (path: string, isThere: boolean): boolean => isThere && !owned.has(path);
  const values = enrichment.values.map((value) => {
    const isGiven = given(ATTRIBUTE + value.attribute, attributeOf(item, value.attribute) !== undefined);
    return inState(value, stateFor(value, enrichment, isGiven, settling), settling.at);
  });
  const wanted = wantedOf(values);
  for (const path of owned)
    if (path.startsWith(ATTRIBUTE) && !wanted.has(path.slice(ATTRIBUTE.length)))
      wanted.set(path.slice(ATTRIBUTE.length), []);
  const attributes = withWanted(item.attributes, wanted);
  const language = languageFor(item, enrichment, given('language', item.language !== undefined), owned.has('language'));
  const next = sameAs(item, { ...item, attributes, language });
  const owns = [
    ...(language !== undefined && (owned.has('language') || item.language === undefined) ? ['language'] : []),
    ...[...wanted].filter(([, all]) => all.length > 0).map(([name]) => ATTRIBUTE + name),
  ];
  const written = next === item ? enrichment.written : withVersion(enrichment.written, { item: itemHash(next), owns });
  const isSame = next === item && values.every((value, i) => value === enrichment.values[i]);
  return {
    item: next,
    enrichment: isSame ? enrichment : { ...enrichment, values, written },
    counts: countsOf({ item, next }, enrichment.values, values, new Set([...owned, ...owns])),
  };
}

/** With one version more, the newest. */
export function withVersion(
  written: Enrichment['written'],
  version: Enrichment['written'][number],
): Enrichment['written'] {
  return [...written.filter(({ item }) => item !== version.item), version].slice(-MOST_WRITTEN);
}

function stateFor(
  { attribute, value, confidence, decision }: EnrichedValue,
  { refused, text }: Enrichment,
  isGiven: boolean,
  { applyFrom, declared }: Settling,
): EnrichedValue['state'] {
  const refusals = refused.filter((one) => one.attribute === attribute && one.value === value);
  if (refusals.some((one) => one.text === text)) return 'rejected';
  if (isGiven || !declared.has(attribute)) return 'overruled';
  if (decision === 'accept') return 'accepted';
  // What was refused of another text, a person judges again.
  return confidence >= applyFrom && refusals.length === 0 ? 'applied' : 'review';
}

const inState = (value: EnrichedValue, state: EnrichedValue['state'], at: string): EnrichedValue =>
  value.state === state ? value : { ...value, state, at };

const isWanted = ({ state }: EnrichedValue): boolean => state === 'applied' || state === 'accepted';

/** What attributes should hold by these values. */
function wantedOf(values: readonly EnrichedValue[]): Map<string, readonly string[]> {
  const wanted = new Map<string, readonly string[]>();
  for (const { attribute, value } of values.filter(isWanted))
    wanted.set(attribute, [...(wanted.get(attribute) ?? []), value]);
  return wanted;
}

/** Several values are a list, one is itself, none is no attribute. */
function withWanted(
  attributes: Attributes | undefined,
  wanted: ReadonlyMap<string, readonly string[]>,
): Attributes | undefined {
  if (wanted.size === 0) return attributes;
  const all = new Map(Object.entries(attributes ?? {}));
  for (const [name, values] of wanted) {
    if (values.length === 0) all.delete(name);
    else all.set(name, values.length === 1 ? values[0]! : [...values]);
  }
  return all.size === 0 && attributes === undefined ? undefined : Object.fromEntries(all);
}

function languageFor(item: Item, { language }: Enrichment, isGiven: boolean, isOwned: boolean): string | undefined {
  if (isGiven) return item.language;
  const isSure = language !== undefined && language.confidence >= LANGUAGE_FROM;
  return isSure ? language.tag : isOwned ? undefined : item.language;
}

/** The item itself where the other is no different. */
function sameAs(item: Item, { attributes, language, ...next }: Item): Item {
  const changed: Item = { ...next, ...(attributes && { attributes }), ...(language !== undefined && { language }) };
  const isSame =
    language === item.language && JSON.stringify(attributes ?? {}) === JSON.stringify(item.attributes ?? {});
  return isSame ? item : changed;
}

export const attributeOf = ({ attributes = {} }: Item, name: string): Attributes[string] | undefined =>
  Object.hasOwn(attributes, name) ? attributes[name] : undefined;

/** What changed of members that are ours, before or after. */
function countsOf(
  { item, next }: { readonly item: Item; readonly next: Item },
  before: readonly EnrichedValue[],
  values: readonly EnrichedValue[],
  ours: ReadonlySet<string>,
): SettledCounts {
  const [applied, withdrawn]: [string[], string[]] = [[], []];
  for (const path of next === item ? [] : ours) {
    if (!path.startsWith(ATTRIBUTE)) continue;
    const name = path.slice(ATTRIBUTE.length);
    const valuesIn = (one: Item): readonly unknown[] => [attributeOf(one, name) ?? []].flat();
    const [old, now] = [valuesIn(item), valuesIn(next)];
    applied.push(...now.filter((value) => !old.includes(value)).map(() => name));
    withdrawn.push(...old.filter((value) => !now.includes(value)).map(() => name));
  }
  const review = values
    .filter(({ state }, i) => state === 'review' && before[i]!.state !== 'review')
    .map(({ attribute }) => attribute);
  const language = next.language !== undefined && next.language !== item.language;
  return { language, applied, review, withdrawn };
}
