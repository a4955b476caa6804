import type { ColumnGroup } from './column-group.js';
import { DAY_MS } from './fading.js';
import { ownInterests } from './own-items.js';

const HALF_LIFE_DAYS = 60;
/** Own items that are candidates, those bought often and lately first. */
const MOST = 150;

const OF_ITEM = [
  'ownCount',
  'ownShare',
  'ownDays',
  'ownBasketsSince',
  'ownInLast',
  'ownInterval',
  'ownDue',
  'ownDecayed',
];
const OF_USER = ['userBaskets', 'userItems', 'userDays', 'userMeanBasket', 'userRepeatShare'];

/**
 * What a person bought themselves: how often, how long ago in days and in baskets, at which interval and whether it is due,
 * and what is the same for all candidates: how many baskets, items, days since the last, items a basket, share of repeats.
 */
export const ownColumns = (itemCount: number): ColumnGroup => ({
  names: [...OF_ITEM, ...OF_USER],
  ask(shopper, { byRow, baskets, latestAt, lines }) {
    const decayed = ownInterests(shopper, itemCount, HALF_LIFE_DAYS);
    const ofUser = [baskets, byRow.size, (shopper.at - latestAt) / DAY_MS, lines / baskets, 1 - byRow.size / lines];
    return {
      proposals: [{ scores: decayed, most: MOST }],
      write(item, out, from) {
        const own = byRow.get(item);
        if (own === undefined) {
          out.fill(NaN, from, from + OF_ITEM.length);
          out[from] = out[from + 1] = out[from + 4] = out[from + 7] = 0;
        } else {
          const days = (shopper.at - own.lastAt) / DAY_MS;
          const interval = own.count > 1 ? (own.lastAt - own.firstAt) / DAY_MS / (own.count - 1) : NaN;
          out[from] = own.count;
          out[from + 1] = own.count / baskets;
          out[from + 2] = days;
          out[from + 3] = baskets - 1 - own.lastBasket;
          out[from + 4] = own.lastAt === latestAt ? 1 : 0;
          out[from + 5] = interval;
          out[from + 6] = days / interval;
          out[from + 7] = decayed[item]!;
        }
        out.set(ofUser, from + OF_ITEM.length);
      },
    };
  },
});
