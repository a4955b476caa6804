import { defineFilter, type View } from '@attune/sdk';
import { z } from 'zod';

/** These come back for nobody, whatever the request says. */
const NEVER_AGAIN = ['dislike', 'hide'];

/**
 * Removes what the user hid or disliked, always and for good, and where the request excludes seen items whatever else
 * `types` names: by default what was bought. Vital: a hidden item never returns.
 */
export const seenFilter = defineFilter({
  id: 'seen',
  version: '1.0.0',
  config: z.strictObject({
    /** Event types that make an item seen; `dislike` and `hide` do in any case. */
    types: z.array(z.string()).default(['purchase', 'dislike', 'hide']),
  }),
  needs: ['history'],
  traits: { vital: true, tier: 'basic' },
  setup: ({ types }) => {
    const always = new Set(NEVER_AGAIN);
    const all = new Set([...types, ...NEVER_AGAIN]);
    const gone = ({ seen, history }: View<'history'>): Set<string> => {
      const removing = seen === 'exclude' ? all : always;
      const ids = new Set<string>();
      for (let i = 0; i < history.size; i++) if (removing.has(history.types[i]!)) ids.add(history.items[i]!);
      ids.delete('');
      return ids;
    };
    return {
      pushdown(request) {
        const ids = gone(request);
        return ids.size === 0 ? undefined : { id: { $nin: [...ids] } };
      },
      filter({ requests, offsets, candidates: { ids } }, keep) {
        requests.forEach((request, r) => {
          const removed = gone(request);
          if (removed.size === 0) return;
          for (let c = offsets[r]!; c < offsets[r + 1]!; c++) if (removed.has(ids[c]!)) keep[c] = 0;
        });
      },
    };
  },
});
