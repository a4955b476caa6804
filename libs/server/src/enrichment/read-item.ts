import {
  ENRICHMENT_RULES,
  languageTold,
  proposedValues,
  type EnrichmentFacts,
  type ProposedValue,
} from '@attune/language/understanding';
import type { Item } from '@attune/sdk';
import { textHash, type EnrichedValue, type Enrichment } from './enrichment.record.js';

/** More of one item are for nobody to review. */
const MOST_VALUES = 64;

/** What is looked for in texts. */
export interface Reading {
  /** Names of attributes. */
  readonly attributes: readonly string[];
  /** Prompt and language model, where one is asked. */
  readonly model?: string | undefined;
  readonly facts: EnrichmentFacts;
  readonly at: string;
}

/** What a language model found in the texts of an item; undefined where it was not asked, or had no answer. */
export type ByModel = readonly ProposedValue[] | undefined;

/** Whether what is known of an item was read from these texts, in this way, for these attributes. */
export function isCurrent(known: Enrichment, item: Item, { attributes, model }: Reading): boolean {
  return (
    known.text === textHash(item) &&
    known.rules === ENRICHMENT_RULES &&
    (model === undefined || known.model === model) &&
    attributes.every((name) => known.attributes.includes(name))
  );
}

/**
 * Reads the texts of an item. What a person decided of a value that is found again stays decided; what a model found in
 * the same texts before stays found where it has no newer answer. No value is settled yet.
 */
export function readItem(item: Item, before: Enrichment | undefined, byModel: ByModel, reading: Reading): Enrichment {
  const text = textHash(item);
  const attributes = [...new Set([...(before?.attributes ?? []), ...reading.attributes])].sort();
  const asBefore = before?.text === text && byModel === undefined ? before : undefined;
  const model = byModel === undefined ? asBefore?.model : reading.model;
  const proposals: Proposal[] = [
    ...proposedValues(item, reading.facts).map((value) => ({ ...value, source: ENRICHMENT_RULES })),
    ...(byModel ?? []).map((value) => ({ ...value, source: reading.model ?? '' })),
    ...(asBefore?.values ?? []).filter(({ source }) => source === asBefore?.model),
  ];
  const told = languageTold([item.title, item.description].join(' '));
  return {
    text,
    rules: ENRICHMENT_RULES,
    ...(model !== undefined && { model }),
    attributes,
    ...(told && { language: { tag: told.language, confidence: told.confidence } }),
    ...(before?.duplicateOf !== undefined && { duplicateOf: before.duplicateOf }),
    values: mergedValues(before?.values ?? [], surest(proposals, new Set(attributes)), reading.at),
    refused: before?.refused ?? [],
    written: before?.written ?? [],
  };
}

interface Proposal extends ProposedValue {
  readonly source: string;
}

const keyOf = ({ attribute, value }: Pick<ProposedValue, 'attribute' | 'value'>): string =>
  JSON.stringify([attribute, value]);

/** One of each value, the surest; the first of equally sure ones, in the order they came. */
function surest(proposals: readonly Proposal[], attributes: ReadonlySet<string>): readonly Proposal[] {
  const best = new Map<string, Proposal>();
  for (const proposal of proposals.filter(({ attribute }) => attributes.has(attribute))) {
    const known = best.get(keyOf(proposal));
    if (known === undefined || known.confidence < proposal.confidence) best.set(keyOf(proposal), proposal);
  }
  const all = [...best.values()];
  if (all.length <= MOST_VALUES) return all;
  const kept = new Set(all.toSorted((a, b) => b.confidence - a.confidence).slice(0, MOST_VALUES));
  return all.filter((proposal) => kept.has(proposal));
}

function mergedValues(before: readonly EnrichedValue[], proposals: readonly Proposal[], at: string): EnrichedValue[] {
  const known = new Map(before.map((value) => [keyOf(value), value]));
  return proposals.map(({ attribute, value, confidence, span, source }) => {
    const old = known.get(keyOf({ attribute, value }));
    return {
      ...{ attribute, value, confidence, span: { ...span }, source },
      // New ones are in no state yet: what becomes of them is settled with the item.
      state: old?.state ?? 'overruled',
      ...(old?.decision !== undefined && { decision: old.decision }),
      ...(old?.decidedBy !== undefined && { decidedBy: old.decidedBy }),
      at: old?.at ?? at,
    };
  });
}
