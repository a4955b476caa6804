import { defineScorer } from '@attune/sdk';
import { CHECKS } from '../contract/check-names.js';
import { checkerboard } from '../worlds/fixture-worlds.js';
import { prove } from './prove.js';

type Bug = 'hides the missing artifact' | 'normalizes the weights in place' | 'scores by tenant' | 'reads row −1';

/** Dot product with a trained weight an item: resident, cold items abstain. */
function weighted(bug?: Bug) {
  return defineScorer({
    id: 'trained-weights',
    version: '1.0.0',
    uses: ['artifacts'],
    traits: { coldItem: false },
    setup: async (_config, host) => {
      const artifact = await host.artifacts.open('weights').catch((cause: unknown) => {
        throw bug === 'hides the missing artifact' ? new Error('model not found', { cause }) : cause;
      });
      const weights = artifact.floats('items');
      const vocabulary = artifact.ids('items');
      return {
        score({ candidates }, out, call) {
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          if (bug === 'normalizes the weights in place')
            weights.forEach((weight, row) => (weights[row] = weight / total));
          const rows = candidates.rows(vocabulary);
          for (let c = 0; c < candidates.size; c++) {
            if (rows[c]! >= 0)
              out[c] = weights[rows[c]!]! / total + (bug === 'scores by tenant' ? call.tenant.length : 0);
            else if (bug === 'reads row −1') out[c] = weights.at(rows[c]!)! / total;
          }
        },
      };
    },
  });
}

const ids = checkerboard()
  .items.map((item) => item.id)
  .slice(0, 36);
const artifacts = {
  weights: { meta: {}, arrays: { items: Float32Array.from(ids, (_, row) => 1 + row) }, ids: { items: ids } },
};
const { all, scorer } = CHECKS;

prove(
  weighted,
  [
    { bug: 'hides the missing artifact', caughtBy: all.missing },
    {
      bug: 'normalizes the weights in place',
      caughtBy: all.inputs,
      also: [all.repeatable, all.warm, all.tenant, scorer.batchEqualsAlone, scorer.order, scorer.within],
    },
    { bug: 'scores by tenant', caughtBy: all.tenant },
    { bug: 'reads row −1', caughtBy: scorer.coldItem },
  ],
  { artifacts },
);
