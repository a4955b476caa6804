import { join } from 'node:path';
import { idsOf, type SlateAnswer } from './testing/answers.js';
import { runToTheEnd } from './testing/gateway.process.js';
import { faultsOf } from './testing/ledger.js';
import { until } from './testing/http.client.js';
import { textOf, writeShop } from './testing/scratch.js';
import { startGateway, type Gateway } from './testing/start-gateway.js';
import { TINY_ITEMS, tinySurface } from './testing/tiny-shop.js';

const PLUGINS = ['misbehaving.cjs', 'short-titles.cjs', 'long-titles.mjs'].map((file) =>
  join(__dirname, 'testing', 'plugins', file),
);
/** What a step is given that is told by its want of an answer; every other one has the time of a tiny surface. */
const SHORT_MS = 100;
const PATIENT_MS = 20_000;

type Stage = 'retrieve' | 'filter' | 'score' | 'rerank' | 'explain' | 'rank';
type Code = 'PLUGIN_TIMEOUT' | 'PLUGIN_FAILED' | 'PLUGIN_BROKE_CONTRACT';
const [TIMEOUT, FAILED, BROKE]: readonly Code[] = ['PLUGIN_TIMEOUT', 'PLUGIN_FAILED', 'PLUGIN_BROKE_CONTRACT'];

/** Plugin, where it stands, what it is named with. Those marked `here` run in the server's own thread as well. */
const CASES: readonly (readonly [plugin: string, stage: Stage, code: Code, here?: 'here'])[] = [
  ['scorer-never', 'score', TIMEOUT!, 'here'],
  ['scorer-spins', 'score', TIMEOUT!],
  ['scorer-throws', 'score', FAILED!, 'here'],
  ['scorer-rejects', 'score', FAILED!, 'here'],
  ['scorer-infinite', 'score', BROKE!, 'here'],
  ['scorer-late', 'score', TIMEOUT!, 'here'],
  ['scorer-exits', 'score', FAILED!],
  ['retriever-twice', 'retrieve', BROKE!, 'here'],
  ['retriever-nan', 'retrieve', BROKE!, 'here'],
  ['retriever-short', 'retrieve', BROKE!, 'here'],
  ['retriever-never', 'retrieve', TIMEOUT!, 'here'],
  ['reranker-repeats', 'rerank', BROKE!, 'here'],
  ['reranker-omits', 'rerank', BROKE!, 'here'],
  ['reranker-invents', 'rerank', BROKE!, 'here'],
  ['reranker-spins', 'rerank', TIMEOUT!],
  ['explainer-invents', 'explain', BROKE!, 'here'],
  ['explainer-never', 'explain', TIMEOUT!, 'here'],
  ['filter-throws', 'filter', FAILED!, 'here'],
  ['filter-puts-back', 'filter', BROKE!, 'here'],
  ['filter-never', 'filter', TIMEOUT!, 'here'],
];
/** Surface of a case: the plain one with that plugin added, in a thread of its own or here. */
const PLACES = CASES.flatMap(([plugin, stage, code, here]) => [
  { plugin, stage, code, isolate: true, surface: `${plugin}-apart` },
  ...(here === undefined ? [] : [{ plugin, stage, code, isolate: false, surface: `${plugin}-here` }]),
]);

const plain = tinySurface('plain') as Readonly<Record<Stage, readonly object[]>>;
const WEIGHTS = { popularity: { weight: 1, scale: 'none' } };
const own = (use: string, more: object = {}): object => ({ use, hardMs: PATIENT_MS, ...more });

function surfaceWith(name: string, stage: Stage, step: object): object {
  const steps = stage === 'explain' || stage === 'rank' ? step : [...(plain[stage] ?? []), step];
  // Something that was removed must be there to be put back: what Ada hid.
  const removed = name.startsWith('filter-puts-back') && {
    retrieve: [...plain.retrieve, own('retriever-of-hidden')],
  };
  const scored = stage === 'score' && {
    rank: own('weighted', {
      config: { ...WEIGHTS, [(step as { use: string }).use]: { weight: 1, scale: 'none' } },
    }),
  };
  return tinySurface(name, { [stage]: steps, ...scored, ...removed });
}

const surfaces: Readonly<Record<string, object>> = {
  plain,
  ...Object.fromEntries(
    PLACES.map(({ surface, stage, plugin, code, isolate }) => [
      surface,
      surfaceWith(surface, stage, own(plugin, { isolate, ...(code === TIMEOUT && { hardMs: SHORT_MS }) })),
    ]),
  ),
  ...Object.fromEntries(
    ['scorer-nan', 'scorer-throws-later', 'short-titles', 'long-titles'].map((id) => [
      id,
      surfaceWith(id, 'score', own(id)),
    ]),
  ),
  'retriever-invents': surfaceWith('retriever-invents', 'retrieve', own('retriever-invents')),
  'ranker-nan': surfaceWith('ranker-nan', 'rank', own('ranker-nan')),
  'ranker-lies': surfaceWith('ranker-lies', 'rank', own('ranker-lies')),
};

let shop: Gateway;
let expected: SlateAnswer;
const asked = { userId: 'ada', limit: 5, explain: true, trace: true };
/** As it is answered, whatever was left out. */
const ask = (surface: string): Promise<SlateAnswer> =>
  shop.expect('POST', '/v1/recommendations', { ...asked, surface });
const scores = ({ items }: SlateAnswer): unknown =>
  items.map(({ id, score, contributions }) => [id, score, contributions]);

beforeAll(async () => {
  const files = writeShop({ surfaces, config: { plugins: PLUGINS } });
  shop = await startGateway(files);
  await shop.putItems(TINY_ITEMS);
  // The first item was bought ten times, the next nine times, and so on; Ada bought the last and hid the third.
  const events = TINY_ITEMS.flatMap(({ id }, place) =>
    Array.from({ length: TINY_ITEMS.length - place }, (_, i) => ({
      id: `m-${id}-${i}`,
      type: 'purchase',
      userId: `u-${i}`,
      itemId: id,
    })),
  );
  await shop.send(...events, { id: 'm-hide', type: 'hide', userId: 'ada', itemId: TINY_ITEMS[2].id });
  expected = await shop.slate({ ...asked, surface: 'plain' });
});
afterAll(() => shop.stop());

it('without a misbehaving plugin nothing is degraded', () => {
  expect(expected.degraded).toEqual([]);
  expect(idsOf(expected)).toEqual(['lunch-red', 'lunch-blue', 'mug', 'teapot', 'lamp']);
  expect(expected.items[0]!.score).toBeCloseTo(Math.log(11), 5);
});

describe('a plugin that misbehaves', () => {
  it.each(PLACES)('$plugin costs only itself ($surface)', async ({ surface, plugin, code }) => {
    const slate = await ask(surface);
    // One that was waited for would have cost all the time of the slate.
    if (code === TIMEOUT) expect(slate.tookMs).toBeLessThan(PATIENT_MS);
    expect(slate.degraded).toHaveLength(1);
    expect(slate.degraded[0]).toMatchObject({ plugin, code, detail: expect.stringMatching(/^[^\n]+$/) as string });
    expect(scores(slate)).toEqual(scores(expected));
    expect(faultsOf(slate, asked.limit)).toEqual([]);
    expect(slate.items.filter(({ reason }) => reason !== undefined)).toEqual([]);
  });

  it('by proposing what was hidden brings it back for nobody', async () => {
    const slate = await ask('filter-puts-back-here');
    expect(slate.trace!.candidates.find(({ id }) => id === TINY_ITEMS[2].id)).toMatchObject({ filteredBy: 'seen' });
    expect(idsOf(slate)).not.toContain(TINY_ITEMS[2].id);
  });

  it('and is late writes into no other slate', async () => {
    const slates = await Promise.all(Array.from({ length: 4 }, () => ask('scorer-late-here')));
    for (const slate of [...slates, await ask('plain')]) expect(scores(slate)).toEqual(scores(expected));
  });

  it('time after time rests: it is not called any more', async () => {
    const plugin = 'scorer-never';
    const calledIn = ({ trace }: SlateAnswer): boolean =>
      trace!.stages.some(({ plugins }) => plugins.some((one) => one.plugin === plugin));
    let slate = await ask(`${plugin}-here`);
    expect([slate.degraded[0]?.code, calledIn(slate)]).toEqual([TIMEOUT, true]);
    await until('it to rest', async () => {
      slate = await ask(`${plugin}-here`);
      return slate.degraded[0]?.code === 'PLUGIN_CIRCUIT_OPEN';
    });
    expect(calledIn(slate)).toBe(false);
    expect(scores(slate)).toEqual(scores(expected));
  });

  it('in a loop without an end holds up nobody else', async () => {
    const spinning = ask('reranker-spins-apart');
    const others = await Promise.all(Array.from({ length: 20 }, () => ask('plain')));
    for (const slate of others) expect(scores(slate)).toEqual(scores(expected));
    expect(scores(await spinning)).toEqual(scores(expected));
  });

  it('by throwing after it has answered ends its thread and not the server', async () => {
    for (let i = 0; i < 3; i++) expect(idsOf(await ask('scorer-throws-later'))).toEqual(idsOf(expected));
    expect(scores(await ask('plain'))).toEqual(scores(expected));
  });

  it('by having no opinion is no misbehavior: it abstains', async () => {
    const slate = await ask('scorer-nan');
    expect(slate.degraded).toEqual([]);
    expect(scores(slate)).toEqual(scores(expected));
    expect(slate.trace!.candidates.find(({ rank }) => rank === 1)!.abstained).toEqual(['scorer-nan']);
  });

  it('by proposing what is not in the catalogue shows nobody anything', async () => {
    const slate = await ask('retriever-invents');
    expect(idsOf(slate)).toEqual(idsOf(expected));
    expect(slate.trace!.candidates.find(({ id }) => id === 'no-such-item')).toMatchObject({
      filteredBy: 'availability',
    });
  });

  it.each(['ranker-nan', 'ranker-lies'])(
    'as the ranker (%s) is replaced by the retrievers’ own order',
    async (plugin) => {
      const slate = await ask(plugin);
      expect(slate.degraded).toMatchObject([{ plugin, code: BROKE }]);
      expect(idsOf(slate)).toEqual(idsOf(expected));
      expect(faultsOf(slate, asked.limit)).toEqual([]);
      expect(Object.keys(slate.items[0]!.contributions!)).toEqual(['popular']);
    },
  );
});

describe('a scorer of five lines', () => {
  it.each(['short-titles', 'long-titles'])('(%s) works by configuration alone', async (id) => {
    const slate = await ask(id);
    expect(slate.degraded).toEqual([]);
    for (const { item, contributions, score } of slate.items) {
      const { length } = item!.title;
      expect(contributions![id]).toBe(id === 'short-titles' ? Math.fround(1 / length) : length);
      expect(contributions!['popularity']! + contributions![id]!).toBe(score);
    }
  });
});

describe('a plugin that cannot be loaded', () => {
  it.each([
    [
      'a file that is not there',
      './no-such-plugin.cjs',
      /plugin '\.\/no-such-plugin\.cjs' cannot be loaded: .*mend its path/,
    ],
    [
      'a package that is not installed',
      'attune-plugin-of-nobody',
      /'attune-plugin-of-nobody' is not installed: npm install attune-plugin-of-nobody/,
    ],
    [
      'a file without a plugin',
      join(__dirname, 'testing', 'global-setup.cjs'),
      /exports no plugin: export what define\* returns/,
    ],
  ])('(%s) is named at the start, with the fix', async (_, use, line) => {
    const files = writeShop({ surfaces: { plain: textOf(surfaces['plain']!) }, config: { plugins: [use] } });
    const { code, stderr } = await runToTheEnd(files);
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([expect.stringMatching(line)]);
    expect(stderr).toContain(files.config);
  });

  it('(one whose set-up never ends) is an error, not a silent end', async () => {
    const plugins = [{ use: join(__dirname, 'testing', 'plugins', 'endless-start.cjs'), inProcess: true }];
    const config = { plugins, embedders: [{ id: 'text', use: 'endless' }] };
    const { code, stderr } = await runToTheEnd(writeShop({ surfaces: { plain: textOf(surfaces['plain']!) }, config }));
    expect([code, stderr]).toEqual([1, 'attune: ended while it started: a plugin waits for what never comes\n']);
  });
});
