import { defineFilter } from '@attune/sdk';

/** Removes the items the request itself names: the page's own item, the cart's own contents. */
export const seedsFilter = defineFilter({
  id: 'seeds',
  version: '1.0.0',
  traits: { tier: 'basic' },
  setup: () => ({
    pushdown: ({ itemIds }) => (itemIds.length === 0 ? undefined : { id: { $nin: itemIds } }),
    filter({ requests, offsets, candidates: { ids } }, keep) {
      requests.forEach(({ itemIds }, r) => {
        if (itemIds.length === 0) return;
        const seeds = new Set(itemIds);
        for (let c = offsets[r]!; c < offsets[r + 1]!; c++) if (seeds.has(ids[c]!)) keep[c] = 0;
      });
    },
  }),
});
