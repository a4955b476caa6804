import assert from 'node:assert/strict';
import { compilePredicate, type Predicate, type Retrieved, type View, type Need } from '@attune/sdk';
import { fakeCall } from '../host/fake-call.js';
import type { WorldAsk } from '../worlds/world-request.js';
import type { Bench } from './bench.js';
import { CHECKS } from './check-names.js';
import { assertSame, snapshot, type Check, type RunningOf } from './check.js';
import { contractParts, Inputs } from './inputs.js';

const { retriever } = CHECKS;
type Retrievers = Bench<'retriever'>;

export function retrieverChecks(bench: Retrievers): readonly Check[] {
  return [
    { name: retriever.onePerRequest, run: () => onePerRequest(bench) },
    { name: retriever.limit, run: () => limit(bench) },
    { name: retriever.aligned, run: () => aligned(bench) },
    { name: retriever.distinct, run: () => distinct(bench) },
    { name: retriever.ordered, run: () => ordered(bench) },
    { name: retriever.alone, run: () => alone(bench) },
    { name: retriever.coldUser, run: () => coldUser(bench) },
    { name: retriever.where, run: () => where(bench) },
    { name: retriever.speaks, run: () => speaks(bench) },
  ];
}

const LIMITS = [0, 1, 7, 500];

async function retrieve(bench: Retrievers, running: RunningOf<'retriever'>, asks: readonly WorldAsk[], most: number) {
  const inputs = new Inputs(bench.world);
  return running.retrieve(
    asks.map((ask) => inputs.request(ask)),
    most,
    fakeCall(),
  );
}

const asksOf = (bench: Retrievers): readonly WorldAsk[] => contractParts(bench.world).map((part) => part.ask);

/** Every answer at every limit. */
async function answers(
  bench: Retrievers,
): Promise<readonly { readonly most: number; readonly found: readonly Retrieved[] }[]> {
  return bench.using(async (running) => {
    const all = [];
    for (const most of LIMITS) all.push({ most, found: await retrieve(bench, running, asksOf(bench), most) });
    return all;
  });
}

async function onePerRequest(bench: Retrievers): Promise<void> {
  for (const { found } of await answers(bench))
    assert.equal(found.length, asksOf(bench).length, 'must give one answer a request');
  await bench.using(async (running) => {
    assert.equal((await retrieve(bench, running, [], 10)).length, 0, 'answers requests that nobody made');
  });
}

async function limit(bench: Retrievers): Promise<void> {
  for (const { most, found } of await answers(bench)) {
    for (const { ids } of found) assert.ok(ids.length <= most, `proposed ${ids.length} items at limit ${most}`);
  }
}

async function aligned(bench: Retrievers): Promise<void> {
  for (const { found } of await answers(bench)) {
    for (const { ids, scores } of found)
      assert.equal(scores.length, ids.length, 'ids and scores differ in length: cut both');
  }
}

async function distinct(bench: Retrievers): Promise<void> {
  for (const { found } of await answers(bench)) {
    for (const { ids } of found) {
      const twice = ids.find((id, i) => ids.indexOf(id) !== i);
      assert.ok(twice === undefined, `proposed ${twice} twice for one request`);
    }
  }
}

async function ordered(bench: Retrievers): Promise<void> {
  for (const { found } of await answers(bench)) {
    for (const { scores } of found) {
      scores.forEach((score, i) => {
        assert.ok(Number.isFinite(score), `scored proposal ${i} ${score}: scores are finite`);
        assert.ok(i === 0 || score <= scores[i - 1]!, `proposal ${i} scores more than the one before: best first`);
      });
    }
  }
}

const alone = (bench: Retrievers) =>
  bench.using(async (running) => {
    const asks = asksOf(bench);
    const together = await retrieve(bench, running, asks, 7);
    for (const [r, ask] of asks.entries()) {
      const [one] = await retrieve(bench, running, [ask], 7);
      assertSame(
        snapshot(together[r]),
        snapshot(one),
        `request ${r} of a batch is answered otherwise than alone`,
        bench.tolerance,
      );
    }
  });

const coldUser = (bench: Retrievers) =>
  bench.using(async (running) => {
    const seeds = [bench.world.items[0]!.id, 'not-in-the-catalogue'];
    for (const ask of [{}, { userId: 'stranger' }, { itemIds: seeds }, { query: '' }, { query: '\u0000😀 ؟ !' }]) {
      await retrieve(bench, running, [ask], 5);
    }
  });

/** A retriever may leave filtering to the filters; one that reads the filter must get it right. */
const where = (bench: Retrievers) =>
  bench.using(async (running) => {
    for (const filter of predicatesOf(bench)) {
      const passes = compilePredicate(filter);
      const allowed = new Set(bench.world.items.filter(passes).map((item) => item.id));
      for (const ask of asksOf(bench)) {
        const { request, asked } = listening(new Inputs(bench.world).request({ ...ask, filter }));
        const found = await running.retrieve([request], 20, fakeCall());
        const wrong = asked() ? found[0]?.ids.find((id) => !allowed.has(id)) : undefined;
        assert.ok(
          wrong === undefined,
          `read the request's filter ${JSON.stringify(filter).slice(0, 80)} and proposed ${wrong}, which it rules out`,
        );
      }
    }
  });

/** Every second item, the rest, and none at all. */
function predicatesOf({ world }: Retrievers): readonly Predicate[] {
  const ids = world.items.map((item) => item.id);
  const half = (phase: number) => ids.filter((_, i) => Math.floor(i / 2) % 2 === phase);
  return [{ id: { $in: half(0) } }, { id: { $nin: half(0) } }, { id: { $in: [] } }];
}

/** The request, and whether its filter was read. */
function listening(request: View<Need>): { readonly request: View<Need>; asked(): boolean } {
  let read = false;
  const heard = new Proxy(request, {
    get(target, name) {
      if (name === 'where' || name === 'allowed' || name === 'filter') read = true;
      return Reflect.get(target, name) as unknown;
    },
  });
  return { request: heard, asked: () => read };
}

async function speaks(bench: Retrievers): Promise<void> {
  const some = (await answers(bench)).some(({ found }) => found.some(({ ids }) => ids.length > 0));
  assert.ok(some, `proposes nothing to anyone in world '${bench.world.name}': pass a world in which it can speak`);
}
