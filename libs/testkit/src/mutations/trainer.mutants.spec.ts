import { setImmediate as nextTurn } from 'node:timers/promises';
import { defineTrainer } from '@attune/sdk';
import { CHECKS } from '../contract/check-names.js';
import { forever, prove, unseeded } from './prove.js';

type Bug =
  | 'sorts its data in place'
  | 'NaN weights'
  | 'ignores the deadline'
  | 'waits for ever once late'
  | 'unseeded start'
  | 'crashes on an empty log'
  | 'progress goes back'
  | 'progress past the end'
  | 'one row too many'
  | 'lists an id twice'
  | 'a Date in its meta'
  | 'undeclared port';

/** Mean time of each item's events plus a little seeded noise, in four passes. */
function meanTime(bug?: Bug) {
  const chance = unseeded();
  return defineTrainer({
    id: 'mean-time',
    version: '1.0.0',
    setup: (_config, host) => {
      if (bug === 'undeclared port') void (host as { readonly counts?: unknown }).counts;
      return {
        async fit(data, run) {
          if (data.size === 0 && bug !== 'crashes on an empty log')
            throw new Error('mean-time: no events to learn from');
          if (bug === 'waits for ever once late' && run.deadline.signal.aborted) await forever();
          const size = data.itemIds.length;
          const weights = new Float32Array(size + (bug === 'one row too many' ? 1 : 0));
          const start = data.at[0]!.toFixed().length;
          if (bug === 'sorts its data in place') data.items.sort();
          for (let pass = 0; pass < 4; pass++) {
            if (bug !== 'ignores the deadline' && run.deadline.signal.aborted)
              throw new Error('mean-time: out of time');
            await nextTurn();
            for (let i = pass; i < data.size; i += 4) weights[data.items[i]!]! += data.at[i]! / 1e15;
            const done =
              bug === 'progress goes back' ? 4 - pass : bug === 'progress past the end' ? pass + 2 : pass + 1;
            run.progress(done, 4);
          }
          for (let row = 0; row < size; row++)
            weights[row]! += (bug === 'unseeded start' ? chance() : run.random()) * 1e-3;
          if (bug === 'NaN weights') weights[0]! = Math.log(-1);
          const ids = bug === 'lists an id twice' ? [...data.itemIds.slice(1), data.itemIds[1]!] : data.itemIds;
          const meta =
            bug === 'a Date in its meta' ? { from: new Date(data.at[0]!) as unknown as string } : { digits: start };
          return { meta, arrays: { items: weights }, ids: { items: ids } };
        },
      };
    },
  });
}

const { all, trainer } = CHECKS;

prove(meanTime, [
  { bug: 'sorts its data in place', caughtBy: all.inputs },
  { bug: 'NaN weights', caughtBy: trainer.finite },
  { bug: 'ignores the deadline', caughtBy: trainer.deadline },
  { bug: 'waits for ever once late', caughtBy: all.abort, also: [trainer.deadline] },
  { bug: 'unseeded start', caughtBy: all.repeatable, also: [all.warm] },
  { bug: 'crashes on an empty log', caughtBy: trainer.empty },
  { bug: 'progress goes back', caughtBy: trainer.progress },
  { bug: 'progress past the end', caughtBy: trainer.progress },
  { bug: 'one row too many', caughtBy: trainer.ids },
  { bug: 'lists an id twice', caughtBy: trainer.ids },
  { bug: 'a Date in its meta', caughtBy: trainer.meta },
  { bug: 'undeclared port', caughtBy: all.declared },
]);
