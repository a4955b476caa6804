import {
  defineFilter,
  defineReranker,
  defineScorer,
  type Behaviors,
  type Need,
  type Plugin,
  type SlateAnswer,
} from '@attune/sdk';
import { benchOf, sourceOf } from '../fixtures/bench-engine.js';
import { homeOf, PLAIN } from '../fixtures/plain-plugins.js';

type Running<K extends keyof Behaviors<Need, string>> = Behaviors<Need, string>[K];
const never = <T>(): Promise<T> => new Promise(() => undefined);
const faulty = { id: 'faulty', version: '1.0.0', budget: { hardMs: 15 } };
const filter = (run: Running<'filter'>['filter'], vital = false): Plugin =>
  defineFilter({ ...faulty, traits: { vital }, setup: () => ({ filter: run }) });
const scorer = (score: Running<'scorer'>['score']): Plugin => defineScorer({ ...faulty, setup: () => ({ score }) });
const throwing = (): never => {
  throw new Error('out of paper');
};
const FILTER = { filter: [{ use: 'faulty' }, { use: 'available' }] };
const SCORER = { score: [{ use: 'faulty' }, { use: 'cheap' }] };

async function slateOf(plugin: Plugin | undefined, changes: object): Promise<SlateAnswer> {
  const bench = benchOf(plugin === undefined ? PLAIN : [...PLAIN, plugin]);
  await bench.engine.load([sourceOf(homeOf(changes))]);
  return bench.serve();
}

describe('a vital filter that fails', () => {
  it.each([
    ['throws', throwing],
    ['never settles', never<void>],
    ['sets a bit', (_: unknown, keep: Uint8Array): void => void keep.fill(2)],
  ])('%s: nothing unfiltered is shown', async (_, run) => {
    const slate = await slateOf(filter(run, true), FILTER);
    expect(slate.items).toEqual([]);
    expect(slate.degraded.map(({ plugin }) => plugin)).toEqual(['faulty']);
    expect(slate.trace!.candidates.every(({ filteredBy }) => filteredBy === 'faulty')).toBe(true);
  });

  it('names the earlier filter for what that one had removed', async () => {
    const slate = await slateOf(filter(throwing, true), { filter: [{ use: 'available' }, { use: 'faulty' }] });
    const by = (name: string): number => slate.trace!.candidates.filter(({ filteredBy }) => filteredBy === name).length;
    expect([by('available'), by('faulty')]).toEqual([10, 30]);
  });

  it('that recovers: the fallback slate is shown, filtered', async () => {
    let calls = 0;
    const once = filter((_, keep) => {
      calls += 1;
      if (calls === 1) throw new Error('not yet');
      keep.fill(0, 0, 5);
    }, true);
    const slate = await slateOf(once, FILTER);
    expect(slate.items).toHaveLength(10);
    expect(slate.items.some(({ id }) => ['i0', 'i1', 'i2', 'i3', 'i4'].includes(id))).toBe(false);
    expect(slate.trace!.notes).toContainEqual({ plugin: 'popular', code: 'FALLBACK_USED' });
  });
});

describe('a late plugin', () => {
  it('writes into a buffer that is in no slate, and has no say any more', async () => {
    const late: (() => void)[] = [];
    const slow = scorer((_, out, call) => {
      late.push(() => {
        out.fill(1e6);
        call.degrade('TOO_LATE');
        call.note('TOO_LATE');
      });
      expect(call.deadline.signal.aborted).toBe(false);
      call.deadline.signal.addEventListener('abort', () => out.fill(1e6));
      return never<void>();
    });
    const slate = await slateOf(slow, SCORER);
    const before = structuredClone(slate);
    expect(late).toHaveLength(1);
    late.forEach((write) => write());
    expect(slate).toEqual(before);
    expect(JSON.stringify(slate)).not.toContain('TOO_LATE');
    expect(slate.items.every(({ contributions }) => !Object.hasOwn(contributions!, 'faulty'))).toBe(true);
  });

  it('has no say in the slate any more, once its call is over', async () => {
    const said: (() => void)[] = [];
    const chatty = defineReranker({
      ...faulty,
      setup: () => ({
        rerank(_, call) {
          said.push(
            () => call.degrade('TOO_LATE'),
            () => call.note('TOO_LATE'),
          );
          return never<Uint32Array>();
        },
      }),
    });
    const slate = await slateOf(chatty, { rerank: [{ use: 'faulty' }] });
    said.forEach((say) => say());
    expect(slate.degraded.map(({ code }) => code)).toEqual(['PLUGIN_TIMEOUT']);
    expect(slate.trace!.notes).toEqual([]);
  });

  it('that rejects afterwards disturbs nobody', async () => {
    let reject: (error: Error) => void = () => undefined;
    const slow = filter(() => new Promise<void>((_, no) => (reject = no)));
    await slateOf(slow, FILTER);
    reject(new Error('far too late'));
    await new Promise(setImmediate);
    expect((await slateOf(undefined, {})).degraded).toEqual([]);
  });

  it('a thenable that is no Promise is waited for', async () => {
    const odd = scorer(
      (_, out) =>
        ({
          then: (settled: () => void) =>
            setImmediate(() => {
              out.fill(9);
              settled();
            }),
        }) as unknown as Promise<void>,
    );
    // With all the time it needs: a turn of the event loop may take a busy machine long.
    const score = [{ use: 'faulty', hardMs: 60_000 }, { use: 'cheap' }];
    const slate = await slateOf(odd, { deadlineMs: 60_000, score });
    expect(slate.degraded).toEqual([]);
    expect(slate.items[0]!.contributions).toMatchObject({ faulty: 3 });
  });
});
