import type { Item } from '@attune/sdk';
import type { ItemEnrichment } from '../../http/operations/enrichment.operations.js';
import { gatewayForEach, type TestGateway } from '../../http/testing/test-gateway.js';

const AT = '2026-11-01T00:00:00Z';
export const ITEMS: readonly Item[] = [
  { id: 'mug', title: 'Red mug', updatedAt: AT },
  { id: 'twin', title: 'Mug, red', updatedAt: AT },
  { id: 'cup', title: 'White heart cup', updatedAt: AT },
  { id: 'box', title: 'Box, blue', attributes: { color: 'green' }, updatedAt: AT },
  { id: 'zh', title: '蓝色马克杯', updatedAt: AT },
  { id: 'plain', title: 'Lamp', updatedAt: AT },
];

/** A shop of its own for each test, and what one looks at in it. */
export interface EnrichedShop {
  readonly gateway: TestGateway;
  put(...items: readonly Item[]): Promise<unknown>;
  item(id: string): Promise<Item>;
  color(id: string): Promise<unknown>;
  /** What is known of the texts of an item. */
  known(id: string): Promise<ItemEnrichment>;
  /** State of the first value of an item. */
  state(id: string): Promise<string | undefined>;
}

/** The shop with `ITEMS`. */
export function enrichedShop(): EnrichedShop {
  const gateway = gatewayForEach();
  const item = async (id: string): Promise<Item> => (await gateway.tenant.stores.items.get([id]))[0]!;
  const known = async (id: string): Promise<ItemEnrichment> =>
    (await gateway.call('GET', `/v1/enrichments/${id}`)).json<ItemEnrichment>();
  const put = (...items: readonly Item[]): Promise<unknown> => gateway.tenant.stores.items.upsert(items);
  beforeEach(() => put(...ITEMS));
  return {
    gateway,
    put,
    item,
    color: async (id) => (await item(id)).attributes?.['color'],
    known,
    state: async (id) => (await known(id)).values[0]?.state,
  };
}
