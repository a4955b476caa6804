import { performance } from 'node:perf_hooks';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Engine, pipelineSchema, type PipelineSource } from '@attune/engine';
import { defineScorer, PortError, type StoredEvent } from '@attune/sdk';
import { JobResults } from '@attune/stores';
import type { JobRequest, JobRun } from '../../jobs/job.js';
import { hostPorts } from '../../platform/host-ports.js';
import { builtIns } from '../../testing/built-ins.js';
import { pipelineText } from '../../testing/pipelines.js';
import { item, openScratchStores } from '../../testing/scratch-stores.js';
import type { JobEngineParts } from '../own-engine.js';

export const SHOP_NOW = Date.parse('2026-11-21T09:30:00Z');
export const SHOPPERS = 30;
const DAY_MS = 86_400_000;

/** Has an opinion on `hit` alone: 1. */
const onHit = defineScorer({
  id: 'on-hit',
  version: '1.0.0',
  each: ({ id }) => (id === 'hit' ? 1 : NaN),
});

export interface RepeatShop {
  readonly parts: JobEngineParts;
  /** Runs work as the queue would; what it wrote. */
  run<R extends JobRequest>(request: R, work: Work<R>, signal?: AbortSignal): Promise<string>;
  readonly progress: (readonly [number, number])[];
  close(): Promise<void>;
}
type Work<R extends JobRequest> = (parts: JobEngineParts, run: JobRun<R>) => Promise<unknown>;

const at = (day: number): string => new Date(SHOP_NOW - (100 - day) * DAY_MS).toISOString();

/**
 * Shopper i of 30 first buys something nobody else does, and on a later day of his own `hit`: whoever comes third or
 * later finds it to be what sells most.
 */
export async function openRepeatShop(): Promise<RepeatShop> {
  const { stores, folder, close } = await openScratchStores();
  const shoppers = Array.from({ length: SHOPPERS }, (_, i) => `u${i}`);
  await stores.items.upsert([item('hit', 'Hit'), ...shoppers.map((user) => item(`own-${user}`, `Own of ${user}`))]);
  const buy = (userId: string, itemId: string, day: number): StoredEvent =>
    ({ id: `${userId} ${itemId}`, type: 'purchase', userId, itemId, at: at(day) }) as StoredEvent;
  await stores.events.append(shoppers.map((user, i) => buy(user, `own-${user}`, i)));
  await stores.events.append(shoppers.map((user, i) => buy(user, 'hit', 50 + i)));
  const registry = builtIns();
  registry.register(onHit, { module: __filename, isolated: false });
  const clock = { now: () => SHOP_NOW, monotonic: () => performance.now() };
  const embed = { query: () => Promise.reject(new PortError('SPACE_UNKNOWN', 'no space')) };
  const ports = hostPorts(stores, embed, () => undefined);
  const context = { tenant: 'default', registry, ports, stores, spaces: new Map(), clock };
  const engine = new Engine(context);
  await engine.load([sourceOf('home')]);
  const results = await JobResults.open(join(folder, 'results'));
  const progress: [number, number][] = [];
  let runs = 0;
  const parts = { ...context, engine, understand: (text: string) => Promise.resolve({ text }) };
  return {
    parts,
    progress,
    async run(request, work, signal = new AbortController().signal) {
      const told = (done: number, total: number): void => void progress.push([done, total]);
      const id = `job-${(runs += 1)}`;
      await work(parts, { id, request, signal, progress: told, result: results.create(id) });
      await results.commit(id);
      return text((await results.get(id))!.stream());
    },
    async close() {
      await engine.close();
      await close();
    },
  };
}

const sourceOf = (surface: string): PipelineSource => ({
  spec: pipelineSchema.parse(JSON.parse(pipelineText(surface))),
  locate: () => ({ file: `${surface}.yaml`, line: 1 }),
});
