import { eventColumns, vocabularyOf, type HostPorts, type Plugin } from '@attune/sdk';
import { fakeCall, fakeHost, trainOn, twoGenres, worldBatch, worldRequest, type WorldAsk } from '@attune/testkit';
import {
  contentSimilarityScorer,
  easeRetriever,
  easeScorer,
  easeTrainer,
  recentSalesScorer,
  repeatPurchaseScorer,
  sessionSimilarityScorer,
} from '../built-in.js';

const DAY = 86_400_000;
const world = twoGenres();
const NOW = world.now;
const ids = world.items.slice(0, 4).map((item) => item.id);
const [a, b, c, d] = ids as [string, string, string, string];

const counts: HostPorts['counts'] = {
  async window({ from }) {
    const recent = NOW - from < 15 * DAY;
    return {
      total: 500,
      vocabulary: vocabularyOf([a, b, c]),
      byRow: recent ? Int32Array.of(90, 10, 0) : Int32Array.of(0, 300, 200),
    };
  },
};

async function scoresOf(plugin: Plugin<'scorer'>, ask: WorldAsk, config: unknown = {}, host: Partial<HostPorts> = {}) {
  const running = await plugin.setup(plugin.config.parse(config), { ...fakeHost(world), ...host });
  const batch = worldBatch(world, [{ request: worldRequest(world, ask), ids }]);
  const out = new Float32Array(batch.candidates.size).fill(NaN);
  await running.score(batch, out, fakeCall());
  return [...out];
}
const bought = (items: readonly string[], daysAgo: readonly number[]) =>
  eventColumns({ items, types: items.map(() => 'purchase'), at: Float64Array.from(daysAgo, (ago) => NOW - ago * DAY) });

describe('recent-sales', () => {
  it('gives counts, or their logarithm, and abstains on unknown items', async () => {
    expect(await scoresOf(recentSalesScorer, {}, {}, { counts })).toEqual([90, 10, 0, NaN]);
    const logs = await scoresOf(recentSalesScorer, {}, { scale: 'log' }, { counts });
    expect(logs).toEqual([expect.closeTo(Math.log(91), 5), expect.closeTo(Math.log(11), 5), 0, NaN]);
  });
});

describe('repeat-purchase', () => {
  const history = bought([b, b, c, d], [100, 50, 50, 0]);
  it('is ln(own count) + ln(sales + 10), and abstains on what was never bought', async () => {
    const scores = await scoresOf(repeatPurchaseScorer, { history }, {}, { counts });
    expect(scores[0]).toBeNaN();
    [Math.log(2) + Math.log(20), Math.log(10), Math.log(10)].forEach((value, i) =>
      expect(scores[i + 1]).toBeCloseTo(value, 5),
    );
  });

  it('lets own purchases fade where asked to', async () => {
    const scores = await scoresOf(repeatPurchaseScorer, { history }, { halfLifeDays: 50 }, { counts });
    expect(scores[1]).toBeCloseTo(Math.log(0.75) + Math.log(20), 5);
  });

  it('does not count views', async () => {
    const viewed = eventColumns({ items: [a], types: ['view'], at: Float64Array.of(NOW) });
    expect(await scoresOf(repeatPurchaseScorer, { history: viewed }, {}, { counts })).toEqual([NaN, NaN, NaN, NaN]);
  });
});

describe('ease', () => {
  it('scores a candidate as the retriever does, computing the fold-in once', async () => {
    const host = fakeHost(
      world,
      new Map([['ease', await trainOn(world, { plugin: easeTrainer, config: { lambda: 1 } })]]),
    );
    const request = worldRequest(world, { userId: world.userIds[0]! });
    let read = 0;
    const history = {
      ...request.history,
      rows: (v: Parameters<typeof request.history.rows>[0]) => (read++, request.history.rows(v)),
    };
    const asked = { ...request, history };
    const retriever = await easeRetriever.setup(easeRetriever.config.parse({}), host);
    const [found] = await retriever.retrieve([asked], 20, fakeCall());
    const scorer = await easeScorer.setup(easeScorer.config.parse({}), host);
    const out = new Float32Array(found!.ids.length).fill(NaN);
    await scorer.score(worldBatch(world, [{ request: asked, ids: found!.ids }]), out, fakeCall());
    expect(out.length).toBeGreaterThan(0);
    expect(out).toEqual(found!.scores);
    expect(read).toBe(1);
  });

  it('weighs history by type, repetition and age', async () => {
    const host = fakeHost(
      world,
      new Map([['ease', await trainOn(world, { plugin: easeTrainer, config: { lambda: 1 } })]]),
    );
    const plain = await scoresOf(easeScorer, { history: bought([a], [30]) }, {}, host);
    const halved = await scoresOf(easeScorer, { history: bought([a], [30]) }, { halfLifeDays: 30 }, host);
    const doubled = await scoresOf(easeScorer, { history: bought([a, a], [30, 30]) }, { counting: 'plain' }, host);
    const louder = await scoresOf(easeScorer, { history: bought([a], [30]) }, { types: { purchase: 3 } }, host);
    expect(plain.some((score) => score !== 0)).toBe(true);
    plain.forEach((score, i) => {
      expect(halved[i]).toBeCloseTo(score / 2, 5);
      expect(doubled[i]).toBeCloseTo(score * 2, 5);
      expect(louder[i]).toBeCloseTo(score * 3, 5);
    });
  });

  it('takes no taste from an item that was hidden afterwards', async () => {
    const host = fakeHost(
      world,
      new Map([['ease', await trainOn(world, { plugin: easeTrainer, config: { lambda: 1 } })]]),
    );
    const history = eventColumns({ items: [a, a], types: ['purchase', 'hide'], at: Float64Array.of(NOW - 2, NOW - 1) });
    expect(await scoresOf(easeScorer, { history }, {}, host)).toEqual([NaN, NaN, NaN, NaN]);
  });
});

describe('similarities', () => {
  it('give 1 for the item the session or the taste consists of, and abstain without one', async () => {
    const one = bought([a], [0]);
    for (const plugin of [sessionSimilarityScorer, contentSimilarityScorer]) {
      expect((await scoresOf(plugin, { session: one, history: one }))[0]).toBeCloseTo(1, 5);
      expect(await scoresOf(plugin, {})).toEqual([NaN, NaN, NaN, NaN]);
    }
  });

  it('lean to the newest item of the session', async () => {
    const scores = await scoresOf(sessionSimilarityScorer, { session: bought([a, d], [1, 0]) }, { decay: 0.5 });
    expect(scores[3]).toBeGreaterThan(scores[0]!);
  });
});
