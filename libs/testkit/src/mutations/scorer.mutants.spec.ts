import { setImmediate as nextTurn } from 'node:timers/promises';
import { defineScorer } from '@attune/sdk';
import { z } from 'zod';
import { CHECKS } from '../contract/check-names.js';
import { forever, prove, unseeded } from './prove.js';

type Bug =
  | 'offsets of the next request'
  | 'zero instead of NaN for cold items'
  | 'zero instead of NaN for cold users'
  | 'sorts the ids in place'
  | 'divides by an empty history'
  | 'unseeded chance'
  | 'writes after abort'
  | 'hangs when aborted'
  | 'normalizes over the whole batch'
  | 'adds the position'
  | 'writes into out.buffer'
  | 'undeclared port'
  | 'undeclared signal'
  | 'swallows unknown keys'
  | 'second dispose throws'
  | 'is a copy of a plugin'
  | 'turns cold rows into row 0'
  | 'crashes on an empty batch'
  | 'always abstains'
  | 'warmup changes the answer';

/** Own taste: the share of a user's events on the candidate's brand; async, as if it asked a store. */
function brandTaste(bug?: Bug) {
  const chance = unseeded();
  const plugin = defineScorer({
    id: 'brand-taste',
    version: '1.0.0',
    config: bug === 'swallows unknown keys' ? z.object({}) : z.strictObject({}),
    needs: bug === 'undeclared signal' ? ['items'] : ['items', 'history'],
    uses: bug === 'undeclared port' ? ['documents'] : ['documents', 'counts'],
    traits: { coldUser: false, coldItem: false },
    setup: (_config, host) => {
      let disposed = 0;
      let warmups = 0;
      return {
        warmup: () => void warmups++,
        dispose() {
          if (bug === 'second dispose throws' && disposed++ > 0) throw new Error('already disposed');
        },
        async score(batch, out, call) {
          const counts = await host.counts.window({ types: ['purchase', 'view'], from: -Infinity, to: Infinity });
          if (bug === 'hangs when aborted' && call.deadline.signal.aborted) await forever();
          if (bug === 'writes after abort') await nextTurn();
          else if (call.deadline.signal.aborted) return;
          if (bug === 'crashes on an empty batch') void batch.requests[0]!.id;
          if (bug === 'always abstains') return;
          const { candidates, offsets } = batch;
          const rows = candidates.rows(counts.vocabulary);
          if (bug === 'turns cold rows into row 0') rows.forEach((row, c) => (rows[c] = Math.max(0, row)));
          const whole = bug === 'normalizes over the whole batch' ? candidates.size : 1;
          if (bug === 'sorts the ids in place') (candidates.ids as string[]).sort();
          batch.requests.forEach((request, r) => {
            const own = new Set(request.history.items);
            if (own.size === 0) {
              if (bug === 'zero instead of NaN for cold users') out.fill(0, offsets[r], offsets[r + 1]);
              if (bug === 'divides by an empty history') out.fill(1 / own.size, offsets[r], offsets[r + 1]);
              return;
            }
            const slip = bug === 'offsets of the next request' ? 1 : 0;
            for (let c = offsets[r]!; c < Math.min(offsets[r + 1]! + slip, out.length); c++) {
              const cold = rows[c]! < 0 || counts.byRow[rows[c]!] === 0;
              if (cold && bug === 'zero instead of NaN for cold items') out[c] = 0;
              if (cold) continue;
              const same = counts.byRow[rows[c]!]! + (own.has(candidates.ids[c]!) ? 1 : 0);
              const extra = bug === 'unseeded chance' ? chance() : bug === 'adds the position' ? c - offsets[r]! : 0;
              const target = bug === 'writes into out.buffer' ? new Float32Array(out.buffer) : out;
              target[c] = (same + extra + (bug === 'warmup changes the answer' ? warmups : 0)) / own.size / whole;
            }
          });
        },
      };
    },
  });
  return bug === 'is a copy of a plugin' ? { ...plugin } : plugin;
}

const { all, scorer } = CHECKS;

prove(brandTaste, [
  { bug: 'offsets of the next request', caughtBy: scorer.batchEqualsAlone, also: [scorer.order] },
  { bug: 'zero instead of NaN for cold items', caughtBy: scorer.coldItem },
  { bug: 'zero instead of NaN for cold users', caughtBy: scorer.coldUser },
  { bug: 'sorts the ids in place', caughtBy: all.inputs, also: [scorer.batchEqualsAlone, scorer.order] },
  { bug: 'divides by an empty history', caughtBy: scorer.finite, also: [scorer.coldUser] },
  {
    bug: 'unseeded chance',
    caughtBy: all.repeatable,
    also: [all.warm, all.tenant, scorer.batchEqualsAlone, scorer.order, scorer.within],
  },
  { bug: 'writes after abort', caughtBy: scorer.late },
  { bug: 'hangs when aborted', caughtBy: all.abort, also: [scorer.late] },
  { bug: 'normalizes over the whole batch', caughtBy: scorer.batchEqualsAlone },
  { bug: 'adds the position', caughtBy: scorer.order },
  { bug: 'writes into out.buffer', caughtBy: scorer.within },
  { bug: 'undeclared port', caughtBy: all.declared },
  { bug: 'undeclared signal', caughtBy: all.declared },
  { bug: 'swallows unknown keys', caughtBy: all.config },
  { bug: 'second dispose throws', caughtBy: all.dispose },
  { bug: 'is a copy of a plugin', caughtBy: all.branded },
  { bug: 'turns cold rows into row 0', caughtBy: all.inputs, also: [scorer.coldItem] },
  { bug: 'crashes on an empty batch', caughtBy: scorer.empty },
  { bug: 'always abstains', caughtBy: scorer.speaks },
  { bug: 'warmup changes the answer', caughtBy: all.warm },
]);
