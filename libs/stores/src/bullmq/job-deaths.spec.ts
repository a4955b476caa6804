import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { SplitWork } from '@attune/sdk';
import { HeldWork, outcomeOf, sampleWorks, type SampleJob, sampleLaneOf, sampleNamed } from '@attune/testkit';
import { describeWith } from '../fixtures/services.js';
import { BullBench } from './testing/bull-bench.js';

const CHILD = join(__dirname, 'testing/job-worker.child.cjs');
/** Believed dead after a second. */
const SOON = { stalledAfterMs: 1_000 };
/** One part at a time: no more than that is done twice where a process stands still. */
const ONE_BY_ONE = { ...SOON, lanes: { learning: {}, catalogue: {}, reading: {} } };
const EMBED: SampleJob = { type: 'embed' };
const TRAIN: SampleJob = { type: 'train' };

/** Work in parts that are done at once. */
function splitOf(names: readonly string[], did: string[]): SplitWork<SampleJob> {
  return {
    size: () => Promise.resolve(names.length),
    async *plan() {
      for (const name of names) yield { name };
    },
    part({ name }) {
      did.push(String(name));
      return Promise.resolve(outcomeOf(1));
    },
  };
}

describeWith(['redis'], 'a worker that is killed', () => {
  const bench = new BullBench<SampleJob>({ laneOf: sampleLaneOf, named: sampleNamed });
  const children: ChildProcess[] = [];
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await bench.clear();
  });

  /** A worker that ends nothing; resolves when it says so. */
  async function workerThatSays(last: string, ...options: string[]): Promise<ChildProcess> {
    const child = spawn(process.execPath, [CHILD, bench.url, bench.prefix, await bench.results(), ...options], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    for await (const line of createInterface({ input: child.stdout })) {
      if (line === 'ready') (await bench.open()).enqueue(EMBED).catch(() => undefined);
      if (line === last) return child;
    }
    throw new Error(`the worker ended before it said: ${last}`);
  }

  async function kill(child: ChildProcess): Promise<void> {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  it('leaves its part, and the job it waited for, to another', async () => {
    const child = await workerThatSays('part old 0', '4');
    const did: string[] = [];
    const jobs = await bench.open(sampleWorks(new HeldWork().work, splitOf(['new'], did)), SOON);
    const [job] = await jobs.list();
    await kill(child);
    // Planned by the one that died, and not again.
    expect(await jobs.ended(job!.id)).toMatchObject({ state: 'completed', counts: { ok: 4, failed: 0 } });
    expect([...new Set(did)].sort()).toEqual(['old 0', 'old 1', 'old 2', 'old 3']);
  });

  it('leaves a job that waits for its parts to another, however many died before', async () => {
    const child = await workerThatSays('part old 0', '4');
    const did: string[] = [];
    const jobs = await bench.open(sampleWorks(new HeldWork().work, splitOf([], did)), SOON);
    const [job] = await jobs.list();
    await bench.withRedis((redis) => redis.hset(`${bench.stem}lanes:catalogue:${job!.id}`, 'stc', 9));
    await kill(child);
    expect(await jobs.ended(job!.id)).toMatchObject({ state: 'completed', counts: { ok: 4, failed: 0 } });
  });

  it('leaves a half made plan to another, which makes a new one', async () => {
    const child = await workerThatSays('planning', '250', 'planning');
    const did: string[] = [];
    const names = ['new 0', 'new 1', 'new 2'];
    await kill(child);
    const jobs = await bench.open(sampleWorks(new HeldWork().work, splitOf(names, did)), ONE_BY_ONE);
    const [job] = await jobs.list();
    const ended = await jobs.ended(job!.id);
    expect(ended).toMatchObject({ state: 'completed', counts: { ok: 3, failed: 0 }, progress: { done: 3, total: 3 } });
    const done = did.filter((name) => name.startsWith('new'));
    expect([...new Set(done)].sort()).toEqual(names);
    // One is done twice where this process, too, was believed dead for a moment; more than one would be a fault.
    expect(done.length).toBeLessThanOrEqual(names.length + 1);
  });

  it('leaves a whole job to another', async () => {
    const gateway = await bench.open();
    const id = await gateway.enqueue(TRAIN);
    const child = await workerThatSays(`job ${id}`, '0');
    const held = new HeldWork();
    await bench.open(sampleWorks(held.work), SOON);
    await kill(child);
    (await held.of(id)).end(outcomeOf(1));
    expect(await gateway.ended(id)).toMatchObject({ state: 'completed', counts: { ok: 1, failed: 0 } });
  });

  it('is not followed by a fifth: a job over which four died has failed', async () => {
    const gateway = await bench.open();
    const id = await gateway.enqueue(TRAIN);
    // What BullMQ counts of workers that died over a job.
    await bench.withRedis((redis) => redis.hset(`${bench.stem}lanes:learning:${id}`, 'stc', 4));
    const held = new HeldWork();
    await bench.open(sampleWorks(held.work), SOON);
    const ended = await gateway.ended(id);
    expect(ended).toMatchObject({ state: 'failed', error: '4 processes stopped while they worked on it' });
    expect(held.runs).toEqual([]);
  });
});
