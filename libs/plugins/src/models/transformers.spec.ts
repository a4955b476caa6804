import type { GraphPort } from '@attune/sdk';
import {
  buildWorld,
  chain,
  fakeCall,
  fakeHost,
  fakeRun,
  trainingDataOf,
  trainOn,
  worldBatch,
  worldRequest,
} from '@attune/testkit';
import { referenceRuntime } from '@attune/training';
import { sasRecRetriever, sasRecScorer, sasRecTrainer } from '../built-in.js';
import { walkers } from '../testing/crowd.plans.js';

const TINY = { dims: 8, window: 5, heads: 1, blocks: 1, dropout: 0, batch: 8, rate: 0.02 };
const learn = (config: object) =>
  trainOn(chain(), { plugin: sasRecTrainer, config: { ...TINY, ...config } }, { graphs: referenceRuntime });

/** The runtime, and how many of its sessions are open. */
function counted(): { readonly graphs: GraphPort; open: number } {
  const counter = {
    open: 0,
    graphs: {
      open: async (model: Uint8Array) => {
        const session = await referenceRuntime.open(model);
        counter.open += 1;
        return { ...session, run: session.run.bind(session), close: () => ((counter.open -= 1), session.close()) };
      },
    },
  };
  return counter;
}

describe('sasrec', () => {
  it('knows what comes next, and gives chances of all items', async () => {
    const world = buildWorld(walkers(60));
    const config = { ...TINY, epochs: 30 };
    const draft = await trainOn(world, { plugin: sasRecTrainer, config }, { graphs: referenceRuntime });
    const host = { ...fakeHost(world, new Map([['sasrec', draft]])), graphs: referenceRuntime };
    const running = await sasRecRetriever.setup(sasRecRetriever.config.parse({}), host);
    const requests = world.userIds.map((userId) => worldRequest(world, { userId }));
    const found = await running.retrieve(requests, 30, fakeCall());
    const right = found.filter(({ ids }, u) => ids[0] === `s${(u * 7 + 6) % 30}`);
    expect(right.length).toBeGreaterThan(50);
    for (const { scores } of found) expect(scores.reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 4);
  });

  it('is opened once for a retriever and a scorer, and closed with the last of them', async () => {
    const world = chain();
    const artifacts = new Map([['sasrec', await learn({ epochs: 1 })]]);
    const counter = counted();
    const host = { ...fakeHost(world, artifacts), graphs: counter.graphs };
    const start = () =>
      Promise.all([sasRecRetriever, sasRecScorer].map((plugin) => plugin.setup(plugin.config.parse({}), host)));
    const [retriever, scorer] = await start();
    expect(counter.open).toBe(1);
    await retriever!.dispose?.();
    await retriever!.dispose?.();
    expect(counter.open).toBe(1);
    await scorer!.dispose?.();
    expect(counter.open).toBe(0);
    const again = await start();
    await retriever!.dispose?.();
    expect(counter.open).toBe(1);
    for (const one of again) await one.dispose?.();
    expect(counter.open).toBe(0);
  });

  it('is asked again where its graph could not run', async () => {
    const world = chain();
    const artifacts = new Map([['sasrec', await learn({ epochs: 1 })]]);
    let isBroken = true;
    const graphs: GraphPort = {
      open: async (model) => {
        const session = await referenceRuntime.open(model);
        const run: typeof session.run = (...given) =>
          isBroken ? Promise.reject(new Error('no memory')) : session.run(...given);
        return { run, close: () => session.close() };
      },
    };
    const host = { ...fakeHost(world, artifacts), graphs };
    const retriever = await sasRecRetriever.setup(sasRecRetriever.config.parse({}), host);
    const request = worldRequest(world, { userId: 'u0' });
    await expect(retriever.retrieve([request], 5, fakeCall())).rejects.toThrow('no memory');
    isBroken = false;
    expect((await retriever.retrieve([request], 5, fakeCall()))[0]!.ids).toHaveLength(5);
  });

  it.each([1, 2])('stops where the time is over in run %i, and abstains for the rest', async (last) => {
    const world = chain();
    const artifacts = new Map([['sasrec', await learn({ epochs: 1 })]]);
    const requests = ['u0', 'u1', 'u2'].map((userId) => worldRequest(world, { userId }));
    /** A host, and a call whose time is over in the last run. */
    const begin = () => {
      const over = new AbortController();
      const told = { runs: 0 };
      const graphs: GraphPort = {
        open: async (model) => {
          const session = await referenceRuntime.open(model);
          const run: typeof session.run = (...given) => {
            if (++told.runs === last) over.abort();
            return session.run(...given);
          };
          return { run, close: () => session.close() };
        },
      };
      return { host: { ...fakeHost(world, artifacts), graphs }, call: fakeCall({ signal: over.signal }), told };
    };
    const one = begin();
    const retriever = await sasRecRetriever.setup(sasRecRetriever.config.parse({}), one.host);
    const found = await retriever.retrieve(requests, 5, one.call);
    expect(found.map(({ ids }) => ids.length)).toEqual([5, last === 2 ? 5 : 0, 0]);
    expect(one.told.runs).toBe(last);

    const other = begin();
    const scorer = await sasRecScorer.setup(sasRecScorer.config.parse({}), other.host);
    const ids = world.items.slice(0, 2).map(({ id }) => id);
    const out = new Float32Array(6).fill(NaN);
    const batch = worldBatch(
      world,
      requests.map((request) => ({ request, ids })),
    );
    await scorer.score(batch, out, other.call);
    // Nothing is written after the time: what the last run tells is not.
    expect(Array.from(out, Number.isFinite)).toEqual([last === 2, last === 2, false, false, false, false]);
    expect(other.told.runs).toBe(last);
  });

  it('ends while there is time to hand over what was learned', async () => {
    let remaining = 10_000;
    const trainer = await sasRecTrainer.setup(sasRecTrainer.config.parse({ ...TINY, epochs: 50 }), {} as never);
    // Each look at the clock takes a while: an epoch of three steps some 500 ms.
    const deadline = { signal: new AbortController().signal, remainingMs: () => (remaining -= 100) };
    const run = fakeRun({ deadline, graphs: referenceRuntime });
    const { meta, arrays } = await trainer.fit(trainingDataOf(chain()), run);
    expect(Number(meta['epochs'])).toBeGreaterThan(3);
    expect(Number(meta['epochs'])).toBeLessThan(50);
    expect(remaining).toBeGreaterThan(0);
    expect(arrays['parameters']!.every(Number.isFinite)).toBe(true);
  });

  it('keeps time to be judged in', async () => {
    let remaining = 70_000;
    // An epoch of four steps takes 4 s, to ask 22 users 6.6 s: more than what is left where another epoch does not fit.
    const graphs: GraphPort = {
      open: async (model) => {
        const session = await referenceRuntime.open(model);
        const run: typeof session.run = (feeds, ...given) => {
          remaining -= 'rate' in feeds ? 1000 : 300;
          return session.run(feeds, ...given);
        };
        return { run, close: () => session.close() };
      },
    };
    const config = sasRecTrainer.config.parse({ ...TINY, dims: 4, window: 3, batch: 64, epochs: 500 });
    const trainer = await sasRecTrainer.setup(config, {} as never);
    const deadline = { signal: new AbortController().signal, remainingMs: () => Math.max(0, remaining) };
    const { meta } = await trainer.fit(trainingDataOf(buildWorld(walkers())), fakeRun({ deadline, graphs }));
    expect(meta['gate']).toMatchObject({ users: 22 });
    expect(meta['epochs']).toBeGreaterThan(10);
    expect(remaining).toBeGreaterThan(0);
  });

  it('is judged by users held out, whom it does not learn from, and closes what it opened', async () => {
    const counter = counted();
    const use = { plugin: sasRecTrainer, config: { ...TINY, epochs: 6 } };
    const { meta, evaluation } = await trainOn(buildWorld(walkers()), use, { graphs: counter.graphs });
    expect(meta['gate']).toMatchObject({ users: 22 });
    expect(meta['events']).toBe(198 * 6);
    expect(evaluation!.value).toBeGreaterThan(evaluation!.minimum);
    expect(evaluation!.value).toBeGreaterThan(0.5);
    expect(counter.open).toBe(0);
  });
});
