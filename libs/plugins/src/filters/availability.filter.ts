import { defineFilter } from '@attune/sdk';

/** Removes items that are not available; an item that does not say is. Vital: a sold-out item is never shown. */
export const availabilityFilter = defineFilter({
  id: 'availability',
  version: '1.0.0',
  needs: ['items'],
  traits: { vital: true, tier: 'basic' },
  setup: () => ({
    pushdown: () => ({ available: true }),
    filter({ candidates: { size, items } }, keep) {
      for (let c = 0; c < size; c++) if (items[c]!.available === false) keep[c] = 0;
    },
  }),
});
