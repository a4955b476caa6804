import { defineExplainer, type Explanation } from '@attune/sdk';
import { z } from 'zod';

/** What a column that made a score large says of an item. Columns of an own name (`as`) are added by the option. */
const SAID_BY: Readonly<Record<string, string>> = {
  'repeat-purchase': 'bought-before',
  'last-bought': 'bought-before',
  ease: 'often-with-yours',
  'ease-local': 'often-with-yours',
  'item-knn': 'often-with-yours',
  'bought-together': 'often-with-yours',
  rp3beta: 'often-with-yours',
  'user-knn': 'often-with-yours',
  'taste-similarity': 'like-your-taste',
  'session-similarity': 'like-your-taste',
  affinity: 'like-your-taste',
  'recent-affinity': 'like-your-taste',
  'recent-sales': 'selling-now',
  trending: 'rising',
  freshness: 'new-here',
  popularity: 'popular',
};

const options = z.strictObject({
  /** Reason by column, besides those known: `{ my-column: my-reason }`. */
  reasons: z.record(z.string(), z.string().min(1).max(64)).default({}),
  /** Reason of items whose score no such column made larger, such as those of the fallback. Default: none. */
  otherwise: z.string().min(1).max(64).optional(),
});

/**
 * The reason that lies in the score itself: of the columns that have something to say, the one that added most to it. A word of the
 * ledger, without evidence: `bought-before`, `often-with-yours`, `like-your-taste`, `selling-now`, `rising`, `new-here`, `popular`. For
 * the end of a list of explainers.
 */
export const strongestPartExplainer = defineExplainer({
  id: 'strongest-part',
  version: '1.0.0',
  config: options,
  traits: { tier: 'basic' },
  setup({ reasons, otherwise }) {
    const saidBy = new Map(Object.entries({ ...SAID_BY, ...reasons }));
    return {
      explain({ candidates, contributions }) {
        const telling = [...contributions].filter(([name]) => saidBy.has(name));
        return candidates.ids.map((_, c): Explanation | undefined => {
          let [most, reason] = [0, otherwise];
          for (const [name, column] of telling) if (column[c]! > most) [most, reason] = [column[c]!, saidBy.get(name)];
          return reason === undefined ? undefined : { reason, evidence: [], params: {} };
        });
      },
    };
  },
});
