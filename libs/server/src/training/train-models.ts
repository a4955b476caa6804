import type { Engine, Registry } from '@attune/engine';
import type { Artifact, ArtifactDraft, TenantStores, TrainingData } from '@attune/sdk';
import type { Config } from '../config/config.schema.js';
import type { JobOutcome } from '../jobs/job.js';
import { indexModel } from '../spaces/index-model.js';
import type { ModelSpaces } from '../spaces/model-spaces.js';
import { placeBy } from '../spaces/place-items.js';
import type { SpaceVersions } from '../spaces/space-versions.js';
import { fitModel, type FitRun } from './fit-model.js';
import { learnable } from './learnable.js';
import { pastCandidates, type PastParts } from './past-candidates.js';
import { swapIn } from './swap-in.js';
import { versionsRead } from './with-item-vectors.js';
import { withUserAttributes } from './user-attributes.js';

export interface TrainContext {
  readonly config: Config;
  readonly registry: Registry;
  readonly stores: TenantStores;
  readonly engine: Engine;
  readonly versions: SpaceVersions;
  readonly models: ModelSpaces;
  /** What surfaces are asked with as of the past; without it none can be learned from. */
  readonly past?: PastParts;
}

export interface TrainRun {
  /** Seeds the trainers. */
  readonly jobId: string;
  /** Trainers to run; default all configured. */
  readonly use: readonly string[] | undefined;
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
}

/** Of a trainer that is not there, which is told when it is to fit. */
const NOTHING_READ = { itemVectors: [] };
const STEPS_A_MODEL = 100;
/** Of these, those of fitting where the model is put into the search index afterwards. */
const STEPS_OF_FITTING = 70;

/**
 * Fits the configured models one after the other in threads of their own, promotes each and swaps it into the pipelines;
 * item factors that are to be in the search index are put there first.
 * A trainer that fails leaves its previous artifact in place and does not stop the others. Who does not consent to profiling is
 * not learned from.
 */
export async function trainModels(context: TrainContext, run: TrainRun): Promise<JobOutcome> {
  const { config, registry, stores, engine, versions, models } = context;
  const chosen = config.train.filter(({ use }) => run.use === undefined || run.use.includes(use));
  const unknown = (run.use ?? []).filter((use) => !config.train.some((one) => one.use === use));
  const errors = unknown.map((use) => `no trainer '${use}' is configured under train`);
  const refusing = await stores.users.withoutConsent();
  const admitted = await stores.events.trainingData((userId) => !refusing.has(userId));
  const data = await withUserAttributes(admitted, stores.users);
  const total = chosen.length * STEPS_A_MODEL;
  const stepsFrom =
    (first: number, steps: number) =>
    (done: number, of: number): void =>
      run.progress(first + (done / Math.max(1, of)) * steps, total);
  let ok = 0;
  for (const [i, entry] of chosen.entries()) {
    const { use } = entry;
    run.signal.throwIfAborted();
    try {
      const of = await versionsRead(registry.get('trainer', use)?.plugin ?? NOTHING_READ, versions);
      const [made] = of.values();
      const slot = await models.free(use, made?.id);
      const fitting = stepsFrom(i * STEPS_A_MODEL, slot === undefined ? STEPS_A_MODEL : STEPS_OF_FITTING);
      const known = await learnable(entry, data, { registry, stores, versions, of, refusing, signal: run.signal });
      const draft = await draftOf(entry, known, context, { ...run, progress: fitting });
      const digest = await stores.artifacts.put(use, draft);
      const progress = stepsFrom(i * STEPS_A_MODEL + STEPS_OF_FITTING, STEPS_A_MODEL - STEPS_OF_FITTING);
      const parts = { stores, engine, placeBy: (model: Artifact) => placeBy(entry, model, registry) };
      if (slot !== undefined) await indexModel(draft, slot, parts, { ...run, digest, progress });
      await swapIn(use, digest, { stores, engine });
      ok += 1;
      run.progress((i + 1) * STEPS_A_MODEL, total);
    } catch (error) {
      if (run.signal.aborted) throw error;
      errors.push(`${use}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { ok, failed: errors.length, errors };
}

/** A model of a surface learns from what was proposed there, others from the log. */
async function draftOf(
  entry: Config['train'][number],
  data: TrainingData,
  { registry, past }: TrainContext,
  run: FitRun,
): Promise<ArtifactDraft> {
  const { use, surface } = entry;
  if (surface === undefined) return fitModel(entry, data, registry, run);
  if (past === undefined) throw new Error(`${use} learns from surface '${surface}', which cannot be asked here`);
  const half = (first: number) => (done: number, total: number) => run.progress(first + done / Math.max(1, total), 2);
  const candidates = await pastCandidates(past, { surface, data }, { ...run, progress: half(0) });
  return fitModel(entry, { ...data, candidates }, registry, { ...run, progress: half(1) });
}
