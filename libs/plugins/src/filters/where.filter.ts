import { allOf, compilePredicate, defineFilter, type Predicate, type RequestCore } from '@attune/sdk';

/** Keeps what passes the caller's own filter and is not among the ids the caller excluded. Vital: it was asked for. */
export const whereFilter = defineFilter({
  id: 'where',
  version: '1.0.0',
  needs: ['items'],
  traits: { vital: true, tier: 'basic' },
  setup: () => ({
    pushdown: wanted,
    filter({ requests, offsets, candidates: { items } }, keep) {
      requests.forEach((request, r) => {
        const predicate = wanted(request);
        if (predicate === undefined) return;
        const passes = compilePredicate(predicate);
        for (let c = offsets[r]!; c < offsets[r + 1]!; c++) if (keep[c] === 1 && !passes(items[c]!)) keep[c] = 0;
      });
    },
  }),
});

function wanted({ filter, exclude }: RequestCore): Predicate | undefined {
  return allOf([filter, exclude.length === 0 ? undefined : { id: { $nin: exclude } }]);
}
