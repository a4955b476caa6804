import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Plugin, SlateAnswer } from '@attune/sdk';
import { benchOf, sourceOf, type Bench } from '../fixtures/bench-engine.js';
import { smallWorld } from '../fixtures/memory-stores.js';
import { homeOf, PLAIN } from '../fixtures/plain-plugins.js';
import { isPlugin } from '../registry.js';
import { setUpIsolated } from './isolated-plugin.js';

const OUTSIDE = join(__dirname, '..', 'fixtures', 'outside.cjs');
const outside = Object.values(createRequire(__filename)(OUTSIDE) as Record<string, unknown>).filter(isPlugin);
const open: Bench[] = [];
/** The most there is: threads of a busy machine answer when they can. */
const PATIENT_MS = 60_000;
/** A guard against a thread that never comes, not a measure. */
const GUARD_MS = 180_000;

function bench(): Bench {
  const world = smallWorld();
  world.artifacts.set('weights', { digest: 'd1', ids: ['i1', 'i2', 'i4'], weights: Float32Array.of(1, 2, 4) });
  const made = benchOf([...PLAIN, ...outside], world, OUTSIDE);
  open.push(made);
  return made;
}
async function serving(changes: object): Promise<Bench> {
  const made = bench();
  await made.engine.load([sourceOf(homeOf({ deadlineMs: PATIENT_MS, ...changes }))]);
  return made;
}
/** The next slate for which a new thread was ready in time; plugins that rest are woken. */
async function answered(made: Bench): Promise<SlateAnswer> {
  const end = performance.now() + GUARD_MS;
  for (;;) {
    made.clock.advance(5_000);
    const slate = await made.serve();
    if (slate.degraded.length === 0) return slate;
    if (performance.now() > end)
      throw new Error(`no slate without faults within ${GUARD_MS} ms: ${JSON.stringify(slate.degraded)}`);
  }
}
const column = ({ items }: SlateAnswer, name: string): (number | undefined)[] =>
  items.map(({ contributions }) => contributions![name]);
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ engine }) => engine.close()));
});

describe('a plugin in a thread of its own', () => {
  const use = (isolate: boolean): object => ({ use: 'outside', isolate, hardMs: PATIENT_MS });
  const places: Readonly<Record<string, (isolate: boolean) => object>> = {
    retriever: (isolate) => ({ retrieve: [use(isolate)] }),
    filter: (isolate) => ({ filter: [use(isolate)] }),
    scorer: (isolate) => ({ score: [use(isolate)] }),
    ranker: (isolate) => ({ rank: use(isolate) }),
    reranker: (isolate) => ({ rerank: [use(isolate)] }),
    explainer: (isolate) => ({ explain: use(isolate) }),
  };

  it.each(Object.entries(places))('answers as in the process: %s', async (_, place) => {
    const slates = await Promise.all(
      [true, false].map(async (isolate) => {
        const made = await serving(place(isolate));
        return made.serve({ limit: 4, context: { device: 'phone' }, query: { text: 'red shoes' } });
      }),
    );
    const [there, here] = slates.map(({ items, trace, degraded }) => ({
      items,
      degraded,
      candidates: trace!.candidates,
      notes: trace!.notes,
    }));
    expect(there).toEqual(here);
    expect(there!.degraded).toEqual([]);
    expect(there!.items.length).toBe(4);
  });

  it('the proof knows what an isolated ranker reads', async () => {
    const made = bench();
    const load = made.engine.load([
      sourceOf(homeOf({ deadlineMs: PATIENT_MS, retrieve: [{ use: 'in-order', as: 'in-ordre' }], rank: use(true) })),
    ]);
    await expect(load).rejects.toThrow(/weighs 'in-order', which no step writes: did you mean 'in-ordre'\?$/);
  });

  it('that never yields is ended at its budget, and the next call works in a new thread', async () => {
    const made = await serving({ score: [{ use: 'looping', isolate: true, hardMs: 500 }] });
    expect(column(await answered(made), 'looping')[0]).toBe(1 / 3);
    const ended = await made.serve();
    expect(ended.degraded).toMatchObject([{ plugin: 'looping', code: 'PLUGIN_TIMEOUT' }]);
    expect(ended.items).toHaveLength(10);
    // The new thread is being started; a call that finds it still starting waits no longer than its budget.
    expect(column(await answered(made), 'looping')[0]).toBe(1 / 3);
  });

  it('does not see the environment of the process', async () => {
    const made = await serving({ score: [{ use: 'spy', isolate: true, hardMs: PATIENT_MS }] });
    const slate = await made.serve();
    expect(slate.degraded).toEqual([]);
    expect(column(slate, 'spy').every((count) => count === undefined)).toBe(true);
  });

  it('hears its signal abort when its time is over', async () => {
    const plugin = outside.find(({ id }) => id === 'patient') as Plugin<'scorer'>;
    const running = await setUpIsolated(plugin, { module: OUTSIDE, isolated: true }, optionsOf(bench(), PATIENT_MS));
    const out = new Float32Array(1);
    // The caller's time is shorter than the plugin's budget, so that its answer to the signal is still heard.
    await running.score(emptyBatch(1), out, callFor(1_000));
    expect([...out]).toEqual([1]);
    await running.dispose!();
  });

  it('that crashes between calls says why, and is started again', async () => {
    const made = await serving({ score: [{ use: 'crashing', isolate: true, hardMs: PATIENT_MS }] });
    const { degraded } = await made.serve();
    expect(degraded).toMatchObject([
      { code: 'PLUGIN_FAILED', detail: expect.stringMatching(/fell over its own feet$/) },
    ]);
  });

  it('reaches its ports, and those it declared only', async () => {
    const made = await serving({
      score: [
        { use: 'porter', isolate: true, hardMs: PATIENT_MS },
        { use: 'burglar', isolate: true, hardMs: PATIENT_MS },
      ],
    });
    const slate = await made.serve({ limit: 5 });
    expect(slate.degraded).toEqual([]);
    const [ports, heard] = ['PORTS', 'HEARD'].map((code) => slate.trace!.notes.find((note) => note.code === code));
    expect(JSON.parse(ports!.detail!)).toEqual([
      3,
      'Item 1',
      'PortError SPACE_UNKNOWN',
      'd1',
      { made: 'by a fixture' },
      { arrays: ['weights'], ids: ['items'] },
    ]);
    const parts = Object.fromEntries(slate.trace!.candidates.map((one) => [one.id, one.contributions?.['porter']]));
    expect(parts).toMatchObject({ i1: 101 / 3, i2: 1102 / 3, i4: 4 / 3 });
    expect(heard!.detail).toBe(
      "the plugin did not declare documents.erase: name the port in 'uses' | the plugin did not declare artifacts.open: name the port in 'uses'",
    );
  });

  it('waits for its artifact, and is alive once that is promoted', async () => {
    const made = bench();
    const weights = made.world.artifacts.get('weights')!;
    made.world.artifacts.delete('weights');
    await made.engine.load([
      sourceOf(homeOf({ deadlineMs: PATIENT_MS, score: [{ use: 'porter', isolate: true, hardMs: PATIENT_MS }] })),
    ]);
    expect((await made.serve()).degraded).toEqual([
      { plugin: 'porter', code: 'ARTIFACT_MISSING', detail: "no artifact 'weights' yet" },
    ]);
    made.world.artifacts.set('weights', weights);
    await made.engine.reload(['weights']);
    expect((await made.serve()).degraded).toEqual([]);
  });

  it('calls that wait in line too long are late, but do not end the thread that is busy with others', async () => {
    // Each alone is far from its budget; together they take longer.
    const calls = 200;
    const made = await serving({ score: [{ use: 'busy', isolate: true, hardMs: 3_000 }] });
    const slates = await Promise.all(Array.from({ length: calls }, (_, n) => made.serve({ id: `r${n}` })));
    expect(slates.flatMap(({ degraded }) => degraded.map(({ code }) => code))).toContain('PLUGIN_TIMEOUT');
    // The next call of the same thread, or a later one: a new thread would have begun to count anew.
    expect(column(await answered(made), 'busy')[0]! * 3).toBeGreaterThan(calls);
  });

  it('many calls at once wait in line without ending the thread', async () => {
    const made = await serving({ score: [{ use: 'outside', isolate: true, hardMs: PATIENT_MS }] });
    const slates = await Promise.all(Array.from({ length: 20 }, (_, n) => made.serve({ id: `r${n}` })));
    expect(slates.flatMap(({ degraded }) => degraded)).toEqual([]);
  });
});

describe('a plugin that cannot be had in a thread', () => {
  it.each([
    [
      'module',
      join(OUTSIDE, 'nowhere.cjs'),
      'outside',
      /nowhere\.cjs cannot be loaded: .*: install it or mend its path$/,
    ],
    ['plugin', OUTSIDE, 'nobody', /outside\.cjs exports no scorer 'nobody'$/],
  ])('says so in one line: no such %s', async (_, module, id, message) => {
    const plugin = { ...outside.find((one) => one.kind === 'scorer')!, id } as Plugin<'scorer'>;
    const setUp = setUpIsolated(plugin, { module, isolated: true }, optionsOf(bench(), 50));
    await expect(setUp).rejects.toThrow(message);
    await expect(setUp).rejects.not.toThrow(/\n/);
  });

  it('options that cannot cross are refused, and nothing hangs', async () => {
    const plugin = outside.find(({ kind }) => kind === 'scorer') as Plugin<'scorer'>;
    const options = { ...optionsOf(bench(), 50), config: { call: () => undefined } };
    await expect(setUpIsolated(plugin, { module: OUTSIDE, isolated: true }, options)).rejects.toThrow(
      /could not be cloned/,
    );
  });

  it('may be disposed twice, and takes no calls afterwards', async () => {
    const plugin = outside.find(({ id }) => id === 'spy') as Plugin<'scorer'>;
    const running = await setUpIsolated(plugin, { module: OUTSIDE, isolated: true }, optionsOf(bench(), 50));
    await running.dispose!();
    await running.dispose!();
    await expect(running.score(emptyBatch(1), new Float32Array(1), callFor(50))).rejects.toThrow('spy was disposed');
  });
});

const callFor = (ms: number) => ({
  tenant: 'default',
  deadline: { signal: AbortSignal.timeout(ms), remainingMs: () => ms },
  degrade: () => undefined,
  note: () => undefined,
});
const optionsOf = ({ context }: Bench, hardMs: number) => ({
  config: {},
  hardMs,
  ports: context.ports,
  setUpCall: () => callFor(1000),
});
const emptyBatch = (size: number) => ({
  requests: [],
  offsets: Uint32Array.of(0),
  candidates: {
    size,
    ids: Array.from({ length: size }, (_, n) => `i${n}`),
    sources: new Uint32Array(size),
    itemVectors: {},
    items: [],
    titles: [],
    rows: () => new Int32Array(size),
  },
});
