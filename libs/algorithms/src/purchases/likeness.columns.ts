import { easeInterests } from '../linear/ease.model.js';
import type { ColumnGroup } from './column-group.js';
import { faded } from './fading.js';
import { highestOf } from './highest.kernel.js';
import { ofOthers } from './own-items.js';

const HALF_LIFE_DAYS = 60;
const MOST = 80;

/**
 * What goes with what a person bought, by EASE: with all of it, with all of it fading by a half in 60 days since each was
 * last bought, beside the highest of these, and with the latest basket.
 * @param weights EASE's [items x items]
 */
export const likenessColumns = (weights: Float32Array, itemCount: number): ColumnGroup => ({
  names: ['ease', 'easeDecayed', 'easeDecayedShare', 'easeOfLatest'],
  ask(shopper, own) {
    const { byRow, latestAt } = own;
    const rows = [...byRow.keys()];
    const interestsBy = (weightOf: (lastAt: number) => number): Float32Array =>
      easeInterests(
        weights,
        itemCount,
        rows,
        Float32Array.from(byRow.values(), ({ lastAt }) => weightOf(lastAt)),
      );
    const plain = interestsBy(() => 1);
    const decayed = interestsBy((lastAt) => faded(shopper.at - lastAt, HALF_LIFE_DAYS));
    const ofLatest = interestsBy((lastAt) => (lastAt === latestAt ? 1 : 0));
    const proposed = ofOthers(decayed, own);
    const most = highestOf(proposed);
    return {
      proposals: [{ scores: proposed, most: MOST }],
      write(item, out, from) {
        out[from] = plain[item]!;
        out[from + 1] = decayed[item]!;
        out[from + 2] = decayed[item]! / most;
        out[from + 3] = ofLatest[item]!;
      },
    };
  },
});
