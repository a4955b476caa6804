import { fitInThread, type Engine, type Registry } from '@attune/engine';
import type { TenantStores } from '@attune/sdk';
import type { Config } from '../config/config.schema.js';
import type { JobOutcome } from '../jobs/job.js';
import { withUserAttributes } from './user-attributes.js';

export interface TrainContext {
  readonly config: Config;
  readonly registry: Registry;
  readonly stores: TenantStores;
  readonly engine: Engine;
}

export interface TrainRun {
  /** Seeds the trainers. */
  readonly jobId: string;
  /** Trainers to run; default all configured. */
  readonly use: readonly string[] | undefined;
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
}

const STEPS_A_MODEL = 100;

/**
 * Fits the configured models one after the other in threads of their own, promotes each and swaps it into the pipelines.
 * A trainer that fails leaves its previous artifact in place and does not stop the others. Who does not consent to profiling is
 * not learned from.
 */
export async function trainModels(
  { config, registry, stores, engine }: TrainContext,
  run: TrainRun,
): Promise<JobOutcome> {
  const chosen = config.train.filter(({ use }) => run.use === undefined || run.use.includes(use));
  const unknown = (run.use ?? []).filter((use) => !config.train.some((one) => one.use === use));
  const errors = unknown.map((use) => `no trainer '${use}' is configured under train`);
  const refusing = await stores.users.withoutConsent();
  const learnable = await stores.events.trainingData((userId) => !refusing.has(userId));
  const data = await withUserAttributes(learnable, stores.users);
  const total = chosen.length * STEPS_A_MODEL;
  let ok = 0;
  for (const [i, { use, config: options, deadlineMinutes }] of chosen.entries()) {
    run.signal.throwIfAborted();
    try {
      const registered = registry.get('trainer', use);
      if (registered === undefined)
        throw new Error(`no trainer '${use}'; there are ${registry.ids('trainer').join(', ')}`);
      const draft = await fitInThread(registered, {
        config: registered.plugin.config.parse(options),
        data,
        deadlineMs: deadlineMinutes * 60_000,
        seed: run.jobId,
        signal: run.signal,
        progress: (done, of) => run.progress((i + done / Math.max(1, of)) * STEPS_A_MODEL, total),
      });
      await swapIn(use, await stores.artifacts.put(use, draft), { stores, engine });
      ok += 1;
      run.progress((i + 1) * STEPS_A_MODEL, total);
    } catch (error) {
      if (run.signal.aborted) throw error;
      errors.push(`${use}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { ok, failed: errors.length, errors };
}

/** Promotes a model and has the pipelines use it; one that they cannot use gives way to the one before. */
async function swapIn(
  name: string,
  digest: string,
  { stores, engine }: Pick<TrainContext, 'stores' | 'engine'>,
): Promise<void> {
  const before = await stores.artifacts.promoted(name);
  await stores.artifacts.promote(name, digest);
  try {
    await engine.reload([name]);
    await stores.changes.publish({ kind: 'model', name });
  } catch (error) {
    if (before !== undefined) await stores.artifacts.promote(name, before);
    throw error;
  }
}
