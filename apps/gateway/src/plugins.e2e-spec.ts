import { join } from 'node:path';
import { idsOf, type ItemAnswer, type SlateAnswer, type SlateItemAnswer } from './testing/answers.js';
import { everyPluginSurfaces, NEW_TRAINERS, WIDGETS } from './testing/every-plugin.shop.js';
import { runToTheEnd } from './testing/gateway.process.js';
import { until } from './testing/http.client.js';
import { faultsOf } from './testing/ledger.js';
import { demoFolder, scratchFolder, writeShop } from './testing/scratch.js';
import { startGateway, type Gateway } from './testing/start-gateway.js';
import { writeTinyCrossEncoder } from './testing/tiny-cross-encoder.js';

const DAY_MS = 86_400_000;
/** A customer of the bundled shop with much behind them. */
const KNOWN = '17850';
const TRAINED = NEW_TRAINERS.map(({ use }) => use);

/** The shop's configuration with every plugin that none of its own surfaces uses. */
const filesWith = (model: string): ReturnType<typeof writeShop> =>
  writeShop({
    surfaces: everyPluginSurfaces(model),
    config: { train: NEW_TRAINERS, attributes: { color: { type: 'keyword' } } },
  });

let shop: Gateway;
let untrained: SlateAnswer;
const ask = (body: object): Promise<SlateAnswer> =>
  shop.slate({ surface: 'home', limit: 10, explain: true, trace: true, ...body });
const notesOf = ({ trace }: SlateAnswer): readonly string[] => trace!.notes.map(({ code }) => code);
const proposedBy = ({ trace }: SlateAnswer, plugin: string): readonly (readonly [string, number])[] =>
  trace!.candidates
    .flatMap(({ id, proposedBy: all }) => all.filter((one) => one.plugin === plugin).map((one) => ({ id, ...one })))
    .sort((a, b) => a.position - b.position)
    .map(({ id, score }) => [id, score]);

beforeAll(async () => {
  const { config } = filesWith(writeTinyCrossEncoder(join(scratchFolder(), 'reranker')));
  shop = await startGateway({ data: await demoFolder(), config });
  untrained = await ask({ userId: KNOWN });
  await shop.putItems(WIDGETS);
  const buyers = Array.from({ length: 30 }, (_, i) => `de-${i}`);
  const users = [...buyers, 'de-new'].map((id) => ({ id, attributes: { country: 'DE' } }));
  await shop.expect('POST', '/v1/users', { users: [...users, { id: 'fr-new', attributes: { country: 'FR' } }] });
  const bought = buyers.map((userId, i) => ({
    id: `pl-${userId}`,
    type: 'purchase',
    userId,
    itemIds: i < 20 ? ['widget-0', 'widget-1'] : ['widget-0'],
  }));
  await shop.send(...bought);
  const { jobId } = await shop.expect<{ jobId: string }>('POST', '/v1/jobs', { type: 'train' });
  await until('the training to end', async () => !['waiting', 'active'].includes((await shop.job(jobId)).state));
  expect(await shop.job(jobId)).toMatchObject({ state: 'completed', counts: { ok: 3, failed: 0 } });
});
afterAll(() => shop.stop());

it('without their models the plugins wait, each is named, and the fallback fills', () => {
  const waiting = new Set(untrained.degraded.map(({ plugin, code }) => `${plugin} ${code}`));
  expect(waiting).toEqual(new Set(TRAINED.map((plugin) => `${plugin} ARTIFACT_MISSING`)));
  expect(untrained.items).toHaveLength(10);
});

describe('a pipeline of all of them', () => {
  it('accounts for every number, degrades nothing, and has something from each', async () => {
    const [{ id: looked }] = (await ask({ surface: 'brands', query: 'teapot', limit: 1 })).items as [SlateItemAnswer];
    await shop.send({ id: 'pl-look', type: 'view', userId: KNOWN, itemId: looked });
    const slate = await ask({ userId: KNOWN, context: { country: 'DE' }, seen: 'include', limit: 20 });
    expect(slate.degraded).toEqual([]);
    expect(faultsOf(slate, 20)).toEqual([]);
    for (const plugin of [...TRAINED, 'recently-viewed'])
      expect([plugin, proposedBy(slate, plugin).length]).not.toEqual([plugin, 0]);
    const columns = new Set(slate.trace!.candidates.flatMap(({ contributions = {} }) => Object.keys(contributions)));
    expect(columns).toEqual(new Set([...TRAINED, 'recently-viewed', 'freshness', 'price-band']));
  });

  it('serves a stranger, whose columns of taste stay empty', async () => {
    const slate = await ask({ userId: 'stranger' });
    expect(slate.degraded).toEqual([]);
    expect(slate.items).toHaveLength(10);
    for (const { contributions } of slate.items)
      expect(Object.keys(contributions!)).not.toEqual(expect.arrayContaining(['ials']));
  });
});

describe('ials', () => {
  it('folds in a customer it was not trained on, from purchases a moment ago', async () => {
    await shop.send({ id: 'pl-ials', type: 'purchase', userId: 'ials-new', itemIds: ['22384', '20725'] });
    const slate = await ask({ userId: 'ials-new', seen: 'include' });
    const proposed = proposedBy(slate, 'ials');
    const best = proposed.slice(0, 10).map(([id]) => id);
    const { items } = await shop.expect<{ items: readonly ItemAnswer[] }>('POST', '/v1/items/get', { ids: best });
    expect(items.filter(({ title }) => /lunch/i.test(title)).length).toBeGreaterThanOrEqual(5);
    expect(proposed.every(([, score]) => score > 0 && score < 1.5)).toBe(true);
    for (const { id, contributions } of slate.items) {
      const [, score] = proposed.find(([one]) => one === id) ?? [];
      if (score !== undefined) expect(contributions!['ials']).toBeCloseTo(score, 5);
    }
  });
});

describe('bought-together', () => {
  it('proposes what shares baskets with the cart, and scores it by the same measure', async () => {
    const slate = await ask({ surface: 'cart', itemIds: ['widget-0'] });
    // Cosine of 30 and 20 baskets, 20 of them common, with 5 added to the denominator.
    const cosine = 20 / (Math.sqrt(30 * 20) + 5);
    expect(proposedBy(slate, 'bought-together')).toEqual([['widget-1', expect.closeTo(cosine, 5)]]);
    expect(slate.items[0]).toMatchObject({ id: 'widget-1', score: expect.closeTo(cosine, 5) as number });
  });
});

describe('recently-viewed', () => {
  it('proposes the last look first, and what was bought no more', async () => {
    const view = (itemId: string, hours: number): object => ({
      id: `pl-v-${itemId}`,
      type: 'view',
      userId: 'viewer',
      itemId,
      at: new Date(Date.now() - hours * 3_600_000).toISOString(),
    });
    const events = [view('widget-2', 48), view('widget-3', 24), view('widget-4', 1)];
    await shop.expect('POST', '/v1/events', { events });
    const viewed = async (): Promise<readonly string[]> =>
      proposedBy(await ask({ surface: 'viewed', userId: 'viewer' }), 'recently-viewed').map(([id]) => id);
    expect(await viewed()).toEqual(['widget-4', 'widget-3', 'widget-2']);
    await shop.send({ id: 'pl-v-bought', type: 'purchase', userId: 'viewer', itemId: 'widget-3' });
    expect(await viewed()).toEqual(['widget-4', 'widget-2']);
  });
});

describe('popular-by-segment', () => {
  it.each([
    ['attributes of the user', { userId: 'de-new' }],
    ['context of the request', { anonymousId: 'cookie-de', context: { country: 'DE' } }],
  ])('counts the users of the segment that the %s name', async (_, who) => {
    const slate = await ask({ surface: 'segment', ...who });
    expect(proposedBy(slate, 'popular-by-segment')).toEqual([
      ['widget-0', 30],
      ['widget-1', 20],
    ]);
    expect(notesOf(slate)).not.toContain('SEGMENT_UNKNOWN');
  });

  it('counts everybody where the segment is too small, and says so', async () => {
    const slate = await ask({ surface: 'segment', userId: 'fr-new' });
    expect(notesOf(slate)).toContain('SEGMENT_UNKNOWN');
    expect(idsOf(slate)).not.toContain('widget-0');
    expect(slate.items).toHaveLength(10);
  });
});

describe('freshness and price-band', () => {
  it('score what the dates and the prices of a slate say', async () => {
    const cheap = WIDGETS.slice(0, 3).map(({ id }) => id);
    await shop.send({ id: 'pl-cheap', type: 'purchase', userId: 'thrifty', itemIds: cheap });
    const at = new Date().toISOString();
    const { trace } = await ask({ userId: 'thrifty', at, seen: 'include', limit: 50 });
    const scored = trace!.candidates.filter(({ score }) => score !== undefined);
    const ids = scored.map(({ id }) => id);
    const { items } = await shop.expect<{ items: readonly (ItemAnswer & { readonly publishedAt: string })[] }>(
      'POST',
      '/v1/items/get',
      { ids },
    );
    const logs = [0, 1, 2].map((n) => n * Math.LN2);
    const variance = logs.reduce((sum, log) => sum + (log - Math.LN2) ** 2, 0) / 3;
    items.forEach((item, i) => {
      const { freshness = 0, 'price-band': band = 0 } = scored[i]!.contributions ?? {};
      const days = Math.max(0, Date.parse(at) - Date.parse(item.publishedAt)) / DAY_MS;
      expect(freshness).toBeCloseTo(0.1 * 2 ** (-days / 30), 4);
      const away = Math.log(item.price!.amount) - Math.LN2;
      expect(band).toBeCloseTo(
        item.price!.amount === 0 ? 0 : 0.1 * Math.exp((-0.5 * away ** 2) / (0.35 ** 2 + variance)),
        4,
      );
    });
    expect(items.length).toBeGreaterThan(10);
  });
});

describe('cap', () => {
  it('holds for categories and for an attribute together', async () => {
    const { items } = await ask({ userId: KNOWN, seen: 'include' });
    const most = (valuesOf: (item: SlateItemAnswer) => readonly unknown[]): number => {
      const counts = new Map<unknown, number>();
      for (const value of items.flatMap(valuesOf)) counts.set(value, (counts.get(value) ?? 0) + 1);
      return Math.max(...counts.values());
    };
    expect(items).toHaveLength(10);
    expect(most(({ item }) => item!.categories ?? [])).toBeLessThanOrEqual(3);
    expect(most(({ item }) => [item!.attributes?.['color'] ?? []].flat())).toBeLessThanOrEqual(2);
  });

  it('holds for brands, and gives way where nothing else is left', async () => {
    const query = 'acme widget red retrospot';
    const { items } = await ask({ surface: 'brands', query, limit: 10 });
    const places = items.flatMap(({ id }, place) => (id.startsWith('widget-') ? [place] : []));
    expect(places).toHaveLength(2);
    const only = await ask({ surface: 'brands', query, limit: 10, filter: { brand: 'Acme' } });
    expect(idsOf(only)).toHaveLength(WIDGETS.length);
  });
});

describe('attribute-match', () => {
  it('names what an item shares with the past, and the items that have it', async () => {
    await shop.send({ id: 'pl-match', type: 'purchase', userId: 'fan', itemIds: ['widget-3', 'widget-4'] });
    const { items } = await ask({ userId: 'fan', filter: { brand: 'Acme' } });
    const { reason } = items.find(({ id }) => id === 'widget-0')!;
    expect(reason).toMatchObject({ key: 'attribute-match', text: 'Matches your taste: brand Acme' });
    expect([...reason!.evidence].sort()).toEqual(['widget-3', 'widget-4']);
  });
});

describe('cross-encoder', () => {
  it('orders the best candidates by what the model says, and moves only places', async () => {
    const asked = { query: 'acme widget red', filter: { brand: 'Acme' }, limit: 5, explain: true, trace: true };
    const found = await shop.search(asked);
    expect(found.degraded).toEqual([]);
    // The model of this test takes something off for every word.
    expect(idsOf(found)).toEqual(WIDGETS.map(({ id }) => id));
    const scores = found.items.map(({ score }) => score);
    expect(scores).not.toEqual([...scores].sort((a, b) => b - a));
    expect(found.trace!.candidates.some(({ movedBy }) => movedBy?.some(({ by }) => by === 'cross-encoder'))).toBe(true);
    expect(faultsOf(found, 5)).toEqual([]);
  });

  it('without its model is an error at the start that names the file and the fix', async () => {
    const files = filesWith('./models/gone');
    const { code, stderr } = await runToTheEnd(files);
    expect(code).toBe(1);
    const lines = stderr.trim().split('\n');
    expect(lines).toEqual([
      expect.stringMatching(/search\.yaml:\d+: cross-encoder could not be set up: model folder .*models\/gone: /),
    ]);
    expect(lines[0]).toMatch(/cannot read config\.json \(ENOENT\); copy it there, or correct the path of the folder/);
  });
});
