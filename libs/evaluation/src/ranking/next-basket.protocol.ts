import {
  latestBaskets,
  purchaseLogOf,
  sequencesOf,
  type Shopper,
  shopperAt,
  type TimedSequences,
  withoutLatest,
} from '@attune/algorithms';
import { DataFileError } from '../formats/evaluation.errors.js';
import { readPurchases, type PurchaseData } from '../formats/purchases.file.js';
import type { Asker, RankingCase, RankingProtocol, RankingTask } from './ranking.task.js';

/** What a next basket is asked for: everything in it, or what its buyer never bought before. */
export const BASKET_PARTS = ['whole', 'new'] as const;
export type BasketPart = (typeof BASKET_PARTS)[number];

/**
 * Next basket: the latest basket of each user who has two is the test, the one before it (of those who have three) the
 * validation. Users are asked about as of its moment. For the validation models learn from what precedes both, for the test from
 * what precedes it; what other people bought is counted up to the moment of the question.
 */
export const nextBasket = (part: BasketPart): RankingProtocol => ({
  ordered: true,
  timed: true,
  open: (files) => openNextBasket(files, part),
});

async function openNextBasket(files: readonly string[], part: BasketPart): Promise<RankingTask> {
  const data = await readPurchases(files);
  const all = timedSequences(data);
  const repeats = part === 'whole';
  const casesAt = (back: number): readonly RankingCase[] =>
    latestBaskets(all, back).flatMap(({ user, at, items }) => {
      const asker = askerOf(shopperAt(all, user, at), repeats);
      const owned = new Set(asker.excluded);
      const wanted = items.filter((row) => !owned.has(row));
      return wanted.length === 0 ? [] : [{ ...asker, wanted }];
    });
  const [test, validation] = [casesAt(1), casesAt(2)];
  if (test.length === 0 || validation.length === 0)
    throw new DataFileError(
      `${files.join(', ')}: nobody has the three baskets to learn from, to choose by and to test with`,
      'Give longer histories.',
    );
  const end = all.times.reduce((latest, at) => Math.max(latest, at), -Infinity) + 1;
  return {
    itemIds: data.itemIds,
    ordered: true,
    log: withoutLatest(all, 2),
    testLog: withoutLatest(all, 1),
    purchases: purchaseLogOf(all),
    repeats,
    validation,
    test,
    chosenBy: 'hitRate@10',
    told: ['hitRate@10', 'recall@10', 'ndcg@10'],
    whole: {
      log: all,
      askers: data.userIds.map((id, user) => ({ id, ...askerOf(shopperAt(all, user, end), repeats) })),
    },
    notes: data.notes,
  };
}

const askerOf = (shopper: Shopper, repeats: boolean): Asker => ({
  history: shopper.rows,
  excluded: repeats ? new Int32Array(0) : shopper.rows,
  shopper,
});

function timedSequences({ baskets, itemIds }: PurchaseData): TimedSequences {
  const lists = baskets.map((ofUser) => ofUser.flatMap(({ items }) => items));
  const times = baskets.flatMap((ofUser) => ofUser.flatMap(({ at, items }) => items.map(() => at)));
  return { ...sequencesOf(lists, itemIds.length), times: Float64Array.from(times) };
}
