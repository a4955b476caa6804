import { setImmediate as nextTurn } from 'node:timers/promises';
import { defineFilter, type Predicate } from '@attune/sdk';
import { CHECKS } from '../contract/check-names.js';
import { prove } from './prove.js';

type Bug =
  | 'sets a bit'
  | 'assigns instead of clearing'
  | 'offsets of the next request'
  | 'pushdown is stricter than the filter'
  | 'pushdown forgets cheap items'
  | 'crashes without a price'
  | 'clears after abort'
  | 'crashes on an empty batch'
  | 'keeps count across requests'
  | 'writes 255 for keep';

/** Hides what the user already had and what costs 40 or more; the second half is pushed down. */
function affordable(bug?: Bug) {
  let calls = 0;
  return defineFilter({
    id: 'affordable',
    version: '1.0.0',
    needs: ['items', 'history'],
    uses: ['documents'],
    setup: (_config, host) => ({
      pushdown: (request): Predicate => {
        const dear: Predicate = { $not: { 'price.amount': { $gte: 40 } } };
        if (bug === 'pushdown is stricter than the filter') return { 'price.amount': { $lt: 20 } };
        if (bug === 'pushdown forgets cheap items') return { $and: [dear, { brand: 'north' }] };
        return { $and: [dear, { id: { $nin: request.history.items } }] };
      },
      async filter(batch, keep, call) {
        await host.documents.get(batch.candidates.ids);
        if (bug === 'clears after abort') await nextTurn();
        else if (call.deadline.signal.aborted) return;
        if (bug === 'crashes on an empty batch') void batch.requests[0]!.history.size;
        calls += 1;
        batch.requests.forEach((request, r) => {
          const had = new Set(request.history.items);
          const slip = bug === 'offsets of the next request' ? 1 : 0;
          for (let c = batch.offsets[r]!; c < Math.min(batch.offsets[r + 1]! + slip, keep.length); c++) {
            const item = batch.candidates.items[c]!;
            if (bug === 'crashes without a price') void item.price!.amount;
            const hidden =
              had.has(item.id) ||
              (item.price?.amount ?? 0) >= 40 ||
              (bug === 'keeps count across requests' && calls % 2 === 0);
            if (bug === 'assigns instead of clearing') keep[c] = hidden ? 0 : 1;
            else if (bug === 'writes 255 for keep' && keep[c] === 1 && !hidden) keep[c] = 255;
            else if (hidden) keep[c] = 0;
          }
        });
        if (bug === 'sets a bit' && keep.length > 0) keep[keep.length - 1] = 1;
      },
    }),
  });
}

const { all, filter } = CHECKS;

prove(affordable, [
  { bug: 'sets a bit', caughtBy: filter.clears, also: [filter.zero, filter.alone] },
  { bug: 'assigns instead of clearing', caughtBy: filter.clears, also: [filter.zero] },
  { bug: 'offsets of the next request', caughtBy: filter.alone },
  { bug: 'pushdown is stricter than the filter', caughtBy: filter.pushdown },
  { bug: 'pushdown forgets cheap items', caughtBy: filter.pushdown },
  { bug: 'crashes without a price', caughtBy: filter.unknown, also: 'crash' },
  { bug: 'clears after abort', caughtBy: filter.late },
  { bug: 'crashes on an empty batch', caughtBy: filter.empty },
  { bug: 'keeps count across requests', caughtBy: all.repeatable, also: [all.warm, all.tenant, filter.alone] },
  { bug: 'writes 255 for keep', caughtBy: filter.clears },
]);
