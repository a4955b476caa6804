import { AttuneError, type Item, type TenantStores } from '@attune/sdk';
import type { Config } from '../config/config.schema.js';
import { declaredKeywords } from './declared.js';
import { ENRICHMENT, textHash, type Enrichment } from './enrichment.record.js';
import { isSameEnrichment, knownItems, recordOf, writeVersions } from './kept-enrichments.js';
import { settled } from './settle.js';

/** More changes of one item at a time are somebody else's fault. */
const TRIES = 8;

export interface SettleParts {
  readonly stores: Pick<TenantStores, 'items' | 'records'>;
  readonly config: Pick<Config, 'attributes' | 'enrichment'>;
  readonly clock: { now(): number };
}

/** What is known of one item. @throws AttuneError ITEM_NOT_FOUND, ENRICHMENT_NOT_FOUND */
export async function enrichmentOf(
  id: string,
  stores: SettleParts['stores'],
): Promise<{
  readonly item: Item;
  readonly enrichment: Enrichment;
  readonly version: string | undefined;
  /** Whether the texts of the item are those that were read. */
  readonly isCurrent: boolean;
}> {
  const [known] = await knownItems([id], stores);
  if (known === undefined) throw new AttuneError('ITEM_NOT_FOUND', `no item '${id}'`);
  const { item, read, enrichment, version } = known;
  if (enrichment === undefined)
    throw new AttuneError('ENRICHMENT_NOT_FOUND', `no job 'enrich' has read the item '${id}'`);
  return { item, enrichment, version, isCurrent: textHash(read) === enrichment.text };
}

/**
 * Changes what is known of an item and brings the item in line with it, until nobody has changed either meanwhile.
 * @throws AttuneError ITEM_NOT_FOUND; ENRICHMENT_NOT_FOUND; ENRICHMENT_OUTDATED where its texts are others by now;
 *   RECORD_CHANGED where it is changed too often; what `change` throws.
 */
export async function settleItem(
  id: string,
  change: (enrichment: Enrichment) => Enrichment,
  { stores, config, clock }: SettleParts,
): Promise<{ readonly item: Item; readonly enrichment: Enrichment }> {
  const declared = declaredKeywords(config);
  let isChanged = false;
  for (let i = 0; i < TRIES; i++) {
    const { item, enrichment, version, isCurrent } = await enrichmentOf(id, stores);
    if (!isCurrent)
      throw new AttuneError('ENRICHMENT_OUTDATED', `the texts of the item '${id}' have changed since they were read`);
    const at = new Date(clock.now()).toISOString();
    const wanted = isChanged ? enrichment : change(enrichment);
    const next = settled(item, wanted, { applyFrom: config.enrichment.applyFrom, declared, at });
    const isKept = isSameEnrichment(next.enrichment, enrichment);
    if (isKept && next.item === item) return { item, enrichment };
    if (!isKept && !(await stores.records.replace(ENRICHMENT, recordOf(id, next.enrichment), version))) continue;
    isChanged = true;
    // Once more around: another decision may have been written between ours and the item.
    if (next.item !== item) await writeVersions([{ before: item, after: next.item }], stores.items);
  }
  throw new AttuneError('RECORD_CHANGED', `'${id}' is being changed by others`);
}
