import {
  defineReranker,
  defineRetriever,
  defineScorer,
  NOTHING_RETRIEVED,
  type Plugin,
  type SlateAnswer,
} from '@attune/sdk';
import { ask, benchOf, NOON, sourceOf, type Bench } from '../fixtures/bench-engine.js';
import { memoryStores, smallWorld } from '../fixtures/memory-stores.js';
import { backwards, homeOf, PLAIN } from '../fixtures/plain-plugins.js';
import { poolOf, survivorsOf } from './candidate-pool.js';
import { reasonText } from './reason-text.js';
import { personOf } from './person.js';
import type { EngineRequest } from './engine-request.js';
import { RequestContext } from './request-context.js';

async function serving(changes: object, ...plugins: readonly Plugin[]): Promise<Bench> {
  const bench = benchOf([...PLAIN.filter(({ id }) => !plugins.some((one) => one.id === id)), ...plugins]);
  await bench.engine.load([sourceOf(homeOf(changes))]);
  return bench;
}
const shown = ({ items }: SlateAnswer): unknown => items.map(({ id, score, reason }) => [id, score, reason]);
const dice = defineScorer({ id: 'dice', version: '1.0.0', each: (_, request) => request.random() });
const shuffle = defineReranker({
  id: 'shuffle',
  version: '1.0.0',
  setup: () => ({
    rerank({ request, candidates: { size } }) {
      const draw = Float64Array.from({ length: size }, () => request.random());
      return Uint32Array.from({ length: size }, (_, i) => i).sort((a, b) => draw[a]! - draw[b]!);
    },
  }),
});

describe('a batch of requests', () => {
  const personal = defineRetriever({
    id: 'personal',
    version: '1.0.0',
    needs: ['history'],
    each: ({ history }) => ({ ids: [...history.items], scores: Float32Array.from(history.items, () => 50) }),
  });
  const moody = defineReranker({
    id: 'moody',
    version: '1.0.0',
    setup: () => ({
      rerank({ request, candidates: { size } }) {
        if (request.id === 'b') throw new Error('not b');
        return Uint32Array.from({ length: size }, (_, i) => size - 1 - i);
      },
    }),
  });
  const changes = {
    retrieve: [{ use: 'in-order', limit: 12 }, { use: 'personal' }],
    score: [{ use: 'cheap' }, { use: 'dice' }],
    rerank: [{ use: 'shuffle' }, { use: 'moody' }],
    explain: { use: 'bought' },
  };

  it('gives each the slate it gets alone, with nothing of the others in it', async () => {
    const bench = await serving(changes, dice, shuffle, personal, moody);
    const requests = [
      ask({ id: 'a' }),
      ask({ id: 'b', userId: undefined, limit: 3 }),
      ask({ id: 'c', userId: undefined, anonymousId: 'cookie-of-ann', limit: 20 }),
    ];
    const together = await bench.engine.serve('home', requests);
    for (const [r, request] of requests.entries()) {
      const [alone] = await bench.engine.serve('home', [request]);
      expect(shown(together[r]!.slate)).toEqual(shown(alone!.slate));
      expect(together[r]!.slate.degraded.map(({ code }) => code)).toEqual(request.id === 'b' ? ['PLUGIN_FAILED'] : []);
      expect(together[r]!.slate.trace!.candidates.map(({ id }) => id)).toEqual(
        alone!.slate.trace!.candidates.map(({ id }) => id),
      );
      expect(together[r]!.slate.trace!.stages.map(({ stage }) => stage)).toEqual(
        alone!.slate.trace!.stages.map(({ stage }) => stage),
      );
    }
  });
});

describe('chance', () => {
  const changes = { score: [{ use: 'dice' }], rerank: [{ use: 'shuffle' }] };

  it('the same request id draws the same slate, another one another', async () => {
    const bench = await serving(changes, dice, shuffle);
    const again = shown(await bench.serve({ id: 'one' }));
    expect(shown(await bench.serve({ id: 'one' }))).toEqual(again);
    expect(shown(await bench.serve({ id: 'two' }))).not.toEqual(again);
  });

  it('two plugins draw numbers of their own', async () => {
    const twice = { score: [{ use: 'dice' }, { use: 'dice', as: 'more-dice' }] };
    const { items } = await (await serving(twice, dice)).serve();
    for (const { contributions } of items) expect(contributions!['dice']).not.toBe(contributions!['more-dice']);
  });

  it('what one plugin draws changes nothing for another', async () => {
    const greedy = defineScorer({ id: 'greedy', version: '1.0.0', each: (_, request) => void request.random() });
    const without = await (await serving(changes, dice, shuffle)).serve();
    const more = { ...changes, score: [{ use: 'greedy' }, { use: 'dice' }] };
    expect(shown(await (await serving(more, dice, shuffle, greedy)).serve())).toEqual(shown(without));
  });
});

describe('the fallback', () => {
  const few = { retrieve: [{ use: 'in-order', limit: 5 }] };

  it('fills a slate that is short, passes the filters too, and is named', async () => {
    const { items, trace, degraded } = await (await serving(few)).serve();
    expect(items).toHaveLength(10);
    expect(items.slice(0, 4).map(({ id }) => id)).toEqual(['i0', 'i1', 'i2', 'i4']);
    expect(items.every(({ item }) => item!.available !== false)).toBe(true);
    expect(trace!.notes).toEqual([{ plugin: 'popular', code: 'FALLBACK_USED' }]);
    const filled = trace!.candidates.find(({ id }) => id === items[5]!.id)!;
    expect(filled.proposedBy.map(({ plugin }) => plugin)).toEqual(['fallback popular']);
    expect(degraded).toEqual([]);
  });

  it('answers no query that something else answers', async () => {
    const query = { text: 'anything' };
    const found = await (await serving(few)).engine.serve('home', [ask({ query }), ask({})]);
    expect(found[0]!.slate.items.map(({ id }) => id)).toEqual(['i0', 'i1', 'i2', 'i4']);
    expect(found.map(({ filled }) => filled)).toEqual([false, true]);
    const mute = defineRetriever({ id: 'mute', version: '1.0.0', each: () => NOTHING_RETRIEVED });
    const silent = await serving({ retrieve: [{ use: 'mute' }] }, mute);
    const [filled] = await silent.engine.serve('home', [ask({ query })]);
    expect([filled!.filled, filled!.slate.items.length]).toEqual([true, 10]);
  });

  it('is left alone where the slate is full', async () => {
    const { trace } = await (await serving({ retrieve: [{ use: 'in-order', limit: 40 }] })).serve();
    expect(trace!.notes).toEqual([]);
  });

  it('is served from memory when it fails too, and not from what one filtered request got', async () => {
    const state: { fails: boolean } = { fails: false };
    const shaky = defineRetriever({
      id: 'popular',
      version: '1.0.0',
      setup: () => ({
        retrieve(requests, limit) {
          if (state.fails) throw new Error('no shop window');
          if (requests[0]!.filter !== undefined)
            return requests.map(() => ({ ids: ['i38'], scores: Float32Array.of(1) }));
          return requests.map(() => backwards(limit));
        },
      }),
    });
    const bench = await serving(few, shaky);
    await bench.serve();
    await bench.serve({ filter: { id: 'i38' } });
    state.fails = true;
    const slate = await bench.serve();
    expect(slate.items).toHaveLength(10);
    expect(slate.degraded).toMatchObject([{ plugin: 'popular', code: 'PLUGIN_FAILED', detail: 'no shop window' }]);
    expect(slate.items.every(({ item }) => item!.available !== false)).toBe(true);
  });
});

describe('a fallback that was never needed', () => {
  it('is there from memory when everything fails, and no slate told of it before', async () => {
    const state = { asked: 0, fails: false };
    const retrieverOf = (id: string): Plugin =>
      defineRetriever({
        id,
        version: '1.0.0',
        setup: () => ({
          retrieve(requests, limit) {
            if (state.fails) throw new Error('everything is away');
            if (id === 'popular') state.asked++;
            return requests.map(() => backwards(limit));
          },
        }),
      });
    const bench = await serving({ retrieve: [{ use: 'all', limit: 40 }] }, retrieverOf('all'), retrieverOf('popular'));
    state.asked = 0;
    for (let n = 0; n < 3; n++) expect((await bench.serve()).trace!.notes).toEqual([]);
    expect(state.asked).toBe(1);
    state.fails = true;
    const { items, degraded } = await bench.serve();
    expect(items).toHaveLength(10);
    expect(degraded.map(({ plugin }) => plugin)).toEqual(['all', 'popular']);
  });
});

describe('RequestContext', () => {
  it('reads history once for all steps, as of the request, and knows who a cookie belongs to', async () => {
    const world = smallWorld();
    let reads = 0;
    const stores = memoryStores(world);
    const counting = {
      ...stores,
      events: {
        ...stores.events,
        history: (...args: Parameters<typeof stores.events.history>) => {
          reads += 1;
          return stores.events.history(...args);
        },
      },
    };
    const needs = new Set(['history', 'session'] as const);
    const contextOf = async (asked: EngineRequest): Promise<RequestContext> =>
      new RequestContext(asked, {
        surface: 'home',
        person: await personOf(asked, counting, needs),
        items: stores.items,
      });
    const request = await contextOf(ask({ now: 2 * 86_400_000 }));
    const views = ['a', 'b'].map((name) => request.forStep(name));
    expect(views.map(({ history }) => history.items)).toEqual([
      ['i0', 'i1'],
      ['i0', 'i1'],
    ]);
    expect(reads).toBe(1);
    request.where = { brand: 'north' };
    expect(views[0]!.where).toEqual({ brand: 'north' });
    const nobody = await contextOf(ask({ userId: undefined, now: NOON }));
    expect([nobody.userId, nobody.history.size, nobody.session.size, reads]).toEqual([undefined, 0, 0, 1]);
    const cookie = async (anonymousId: string) => (await contextOf(ask({ userId: undefined, anonymousId }))).userId;
    expect([await cookie('cookie-of-ann'), await cookie('nobody')]).toEqual(['ann', undefined]);
  });
});

describe('poolOf', () => {
  const list = (...ids: readonly string[]) => ({ ids, scores: Float32Array.from(ids, (_, i) => 10 - i) });

  it('unites proposals in the order they came, request by request, with a bit for each of 32 retrievers', () => {
    const nothing = list();
    const proposals = Array.from({ length: 32 }, (_, n) =>
      n === 0 ? [list('a', 'b'), list('x')] : n === 31 ? [list('c', 'a'), nothing] : [nothing, nothing],
    );
    const pool = poolOf(proposals, 2);
    expect(pool.ids).toEqual(['a', 'b', 'c', 'x']);
    expect([...pool.offsets]).toEqual([0, 3, 4]);
    expect([...pool.sources]).toEqual([2 ** 31 + 1, 1, 2 ** 31, 1]);
    expect([...pool.positions[31]!]).toEqual([1, -1, 0, -1]);
    expect([...pool.scores[31]!]).toEqual([9, NaN, 10, NaN]);
    const left = survivorsOf(pool, Uint8Array.of(0, 1, 1, 0));
    expect([left.ids, [...left.offsets], [...left.positions[0]!]]).toEqual([
      ['b', 'c'],
      [0, 2, 2],
      [1, -1],
    ]);
  });
});

describe('reasonText', () => {
  const items = new Map([['i1', { id: 'i1', title: 'Red shoes' }]]);
  it.each([
    ['because-you-bought', ['i1'], {}, 'Because you bought Red shoes'],
    ['because-you-bought', ['i9'], {}, 'Because you bought i9'],
    ['matches-query', [], { words: 'red' }, 'Matches red'],
    ['matches-query', [], {}, 'Matches '],
    ['Fresh {constructor}', [], {}, 'Fresh '],
    ['constructor', [], {}, 'constructor'],
  ])('%s %j %j', (reason, evidence, params, text) => {
    expect(reasonText({ reason, evidence, params }, items)).toBe(text);
  });
});
