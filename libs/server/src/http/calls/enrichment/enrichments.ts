import { AttuneError, idSchema, type Item } from '@attune/sdk';
import type { z } from 'zod';
import { decided, type ValueDecision } from '../../../enrichment/decide-value.js';
import { ENRICHMENT, stateOf, type Enrichment } from '../../../enrichment/enrichment.record.js';
import { knownIn } from '../../../enrichment/kept-enrichments.js';
import { enrichmentOf, settleItem } from '../../../enrichment/settle-item.js';
import type { Platform, TenantPlatform } from '../../../platform/tenant-platform.js';
import type { enrichmentsSchema, ItemEnrichment, listEnrichments } from '../../operations/enrichment.operations.js';

/** A page of what is known of the texts of items, in the order of their ids. */
export async function enrichmentsPage(
  { state, limit, after }: z.output<(typeof listEnrichments)['query']>,
  { stores: { records, items } }: TenantPlatform,
): Promise<z.output<typeof enrichmentsSchema>> {
  // One more than asked for tells whether there are more.
  const kept = await records.list(ENRICHMENT, { state, limit: Math.min(1000, limit + 1), after });
  const page = kept.slice(0, limit);
  const found = await items.get(page.map(({ id }) => id));
  const enrichments = page.flatMap((record, i) => {
    const { enrichment } = knownIn(record);
    return enrichment === undefined ? [] : [shown(record.id, enrichment, found[i])];
  });
  const isMore = kept.length > limit || (limit === 1000 && kept.length === limit);
  return { enrichments, ...(isMore && { after: page.at(-1)!.id }) };
}

/** What is known of the texts of an item. @throws AttuneError ITEM_NOT_FOUND, ENRICHMENT_NOT_FOUND */
export async function oneEnrichment(id: string, { stores }: TenantPlatform): Promise<ItemEnrichment> {
  refuseNoId(id);
  const { item, enrichment } = await enrichmentOf(id, stores);
  return shown(id, enrichment, item);
}

/**
 * Does as a person says with a value.
 * @throws AttuneError ITEM_NOT_FOUND, ENRICHMENT_NOT_FOUND, VALUE_NOT_PROPOSED, ENRICHMENT_OUTDATED, RECORD_CHANGED
 */
export async function decideValue(
  id: string,
  decision: ValueDecision,
  { tenant: { stores }, platform }: { readonly tenant: TenantPlatform; readonly platform: Platform },
): Promise<ItemEnrichment> {
  refuseNoId(id);
  const { config, clock } = platform;
  const { item, enrichment } = await settleItem(id, (known) => decided(known, decision), { stores, config, clock });
  return shown(id, enrichment, item);
}

/** No item has an id that is none. @throws AttuneError ITEM_NOT_FOUND */
export function refuseNoId(id: string): void {
  if (!idSchema.safeParse(id).success) throw new AttuneError('ITEM_NOT_FOUND', 'this is no id of an item');
}

/** Without what it is kept for: hashes, and what was refused before. */
function shown(id: string, enrichment: Enrichment, item: Item | undefined): ItemEnrichment {
  const { text: _text, refused: _refused, written: _written, ...known } = enrichment;
  return { id, ...(item && { title: item.title }), state: stateOf(enrichment), ...known };
}
