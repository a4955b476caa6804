import type { SplitWork } from '@attune/sdk';
import { HeldWork, outcomeOf, sampleWorks, type SampleJob, sampleLaneOf, sampleNamed } from '@attune/testkit';
import { describeWith } from '../fixtures/services.js';
import { BullBench } from './testing/bull-bench.js';

const TRAIN: SampleJob = { type: 'train' };
const EMBED: SampleJob = { type: 'embed' };

describeWith(['redis'], 'a worker that closes', () => {
  const bench = new BullBench<SampleJob>({ laneOf: sampleLaneOf, named: sampleNamed });
  afterEach(() => bench.clear());

  it('leaves a job that does not end in time to another, which nobody calls canceled', async () => {
    const [here, there] = [new HeldWork(), new HeldWork()];
    const gateway = await bench.open();
    const worker = await bench.open(sampleWorks(here.work));
    const id = await gateway.enqueue(TRAIN);
    const run = await here.of(id);
    const closed = worker.close();
    await closed;
    expect(run.signal.aborted).toBe(true);
    expect(await gateway.get(id)).toMatchObject({ state: 'waiting' });
    expect(await gateway.enqueue(TRAIN)).toBe(id);
    await bench.open(sampleWorks(there.work));
    (await there.of(id)).end(outcomeOf(1));
    expect(await gateway.ended(id)).toMatchObject({ state: 'completed' });
  });

  it('lets a job end that does so in time, and takes no other', async () => {
    const held = new HeldWork();
    const gateway = await bench.open();
    const worker = await bench.open(sampleWorks(held.work), { drainMs: 20_000 });
    const [id, next] = [await gateway.enqueue(TRAIN), await gateway.enqueue({ type: 'train', use: ['ease'] })];
    const run = await held.of(id);
    const closed = worker.close();
    run.end(outcomeOf(1));
    await closed;
    expect(run.signal.aborted).toBe(false);
    expect(await gateway.get(id)).toMatchObject({ state: 'completed' });
    expect(await gateway.get(next)).toMatchObject({ state: 'waiting' });
  });

  it('leaves a split job to another, which does the rest of its parts', async () => {
    const did: string[] = [];
    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const plan = ['a', 'b', 'c', 'd', 'e'];
    const split = (part: SplitWork<SampleJob>['part']): SplitWork<SampleJob> => ({
      size: () => Promise.resolve(plan.length),
      async *plan() {
        for (const name of plan) yield { name };
        plan.length = 0;
      },
      part,
    });
    const held = split(({ name }, { signal }) => {
      if (name === 'a') return Promise.resolve(outcomeOf(1));
      begin();
      return new Promise((_, fail) => signal.addEventListener('abort', () => fail(new Error('aborted'))));
    });
    const prompt = split(({ name }) => {
      did.push(String(name));
      return Promise.resolve(outcomeOf(1));
    });
    const gateway = await bench.open();
    const worker = await bench.open(sampleWorks(new HeldWork().work, held));
    const id = await gateway.enqueue(EMBED);
    await begun;
    await planned(gateway, 5);
    await worker.close();
    await bench.open(sampleWorks(new HeldWork().work, prompt));
    expect(await gateway.ended(id)).toMatchObject({ state: 'completed', counts: { ok: 5, failed: 0 } });
    expect(did.sort()).toEqual(['b', 'c', 'd', 'e']);
  });

  it('stops what begins while it closes', async () => {
    const held = new HeldWork();
    const worker = await bench.open(sampleWorks(held.work));
    const ids = [await worker.enqueue(TRAIN), await worker.enqueue(EMBED), await worker.enqueue({ type: 'recommend' })];
    await worker.close();
    const gateway = await bench.open();
    for (const id of ids) expect((await gateway.get(id)).state).toBe('waiting');
  });

  /** Resolves when so many parts wait or are done. */
  async function planned(gateway: Awaited<ReturnType<BullBench<SampleJob>['open']>>, parts: number): Promise<void> {
    for (;;) {
      const { waiting, active } = (await gateway.counts())['catalogue']!;
      const [job] = await gateway.list();
      // The job itself is active, too.
      if (waiting + active - 1 + job!.progress.done >= parts) return;
    }
  }
});
