import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ArtifactDraft, Plugin, TrainingData } from '@attune/sdk';
import { assertSound } from './assert-sound.js';
import { fitInThread, type FitOptions } from './fit-in-thread.js';

const MODULE = join(__dirname, '..', 'fixtures', 'trainers.cjs');
const GRAPHS = join(__dirname, '..', 'fixtures', 'graphs.cjs');
const trainers = createRequire(__filename)(MODULE) as Readonly<Record<string, Plugin<'trainer'>>>;

const data: TrainingData = {
  size: 3,
  users: Int32Array.of(0, 0, 1),
  items: Int32Array.of(0, 1, 1),
  types: Uint8Array.of(0, 0, 0),
  at: Float64Array.of(1, 2, 3),
  values: Float32Array.of(NaN, NaN, NaN),
  userIds: ['u', 'v'],
  itemIds: ['a', 'b'],
  typeNames: ['purchase'],
};
const fit = (name: string, changes: Partial<FitOptions> = {}): Promise<ArtifactDraft> =>
  fitInThread(
    { plugin: trainers[name]!, origin: { module: MODULE, isolated: false } },
    {
      config: {},
      data,
      deadlineMs: 60_000,
      seed: 'job-1',
      signal: new AbortController().signal,
      progress: () => undefined,
      ...changes,
    },
  );

describe('fitInThread', () => {
  it('hands over the artifact, with progress on the way, the same for the same seed', async () => {
    const steps: string[] = [];
    const draft = await fit('counting', { progress: (done, total) => steps.push(`${done}/${total}`) });
    expect([...draft.arrays['weights']!]).toEqual([1, 2]);
    expect(draft.ids).toEqual({ items: ['a', 'b'] });
    expect(steps[0]).toBe('0/3');
    expect(steps.at(-1)).toBe('3/3');
    expect((await fit('counting')).meta).toEqual(draft.meta);
    expect((await fit('counting', { seed: 'job-2' })).meta).not.toEqual(draft.meta);
  });

  it.each([
    ['dizzy', /^artifact dizzy is refused: array 'weights' holds NaN; the previous one stays$/],
    ['poor', /^artifact poor is refused: ndcg 0.1 does not reach 0.2; the previous one stays$/],
    ['unsure', /^artifact unsure is refused: ndcg NaN does not reach 0.2/],
    ['throwing', /^no such luck$/],
    ['idle', /^trainer idle handed over no artifact$/],
  ])('refuses what is %s', async (name, message) => {
    await expect(fit(name)).rejects.toThrow(message);
  });

  it('ends a trainer that never yields at its deadline', async () => {
    await expect(fit('endless', { deadlineMs: 60 })).rejects.toThrow(
      'trainer endless was ended after 60 ms: raise its deadline or train on less',
    );
  });

  it('a trainer is told less than its time, so that one that stops in time can still hand its model over', async () => {
    const [told] = (await fit('punctual', { deadlineMs: 60_000 })).arrays['weights']!;
    // Nine tenths of its time, less what has gone of it.
    expect(told).toBeGreaterThan(0);
    expect(told).toBeLessThanOrEqual(54_000);
  });

  it('is canceled by its signal, in the middle and before', async () => {
    const cancel = new AbortController();
    const running = fit('endless', { signal: cancel.signal, progress: () => cancel.abort() });
    await expect(running).rejects.toThrow('training of endless was canceled');
    await expect(fit('counting', { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });

  it('runs graphs by the module it is given, and says so where there is none', async () => {
    expect([...(await fit('neural', { graphs: GRAPHS })).arrays['weights']!]).toEqual([2, 4]);
    await expect(fit('neural')).rejects.toThrow('trainer neural needs graphs, and nothing here runs them');
  });

  it('is canceled between two runs of its graphs', async () => {
    const cancel = new AbortController();
    const running = fit('tireless', { graphs: GRAPHS, signal: cancel.signal, progress: () => cancel.abort() });
    await expect(running).rejects.toThrow('training of tireless was canceled');
  });

  it('says which module cannot be loaded', async () => {
    const origin = { module: join(MODULE, 'x.cjs'), isolated: false };
    const options = { config: {}, data, deadlineMs: 1_000, seed: 's', progress: () => undefined };
    await expect(
      fitInThread({ plugin: trainers['idle']!, origin }, { ...options, signal: new AbortController().signal }),
    ).rejects.toThrow(/x\.cjs cannot be loaded/);
  });
});

describe('assertSound', () => {
  const draft = (arrays: ArtifactDraft['arrays']): ArtifactDraft => ({ meta: {}, arrays, ids: {} });
  it('takes finite numbers of any type and refuses infinities', () => {
    expect(() => assertSound('m', draft({ a: Int8Array.of(1), b: Float64Array.of(0.5) }))).not.toThrow();
    expect(() => assertSound('m', draft({ a: Float64Array.of(1, -Infinity) }))).toThrow(/holds -Infinity/);
  });
});
