import type { Engine, Footing } from '@attune/engine';
import { sample, wantedOf, type HeldBasket, type SplitTask } from '@attune/evaluation';
import type { ArtifactDraft, ArtifactStore, JudgedCandidates, TrainingData } from '@attune/sdk';
import type { Config } from '../config/config.schema.js';
import { asked } from '../evaluate/asked.js';
import { heldBaskets } from '../evaluate/held-baskets.js';
import { inBatches } from '../evaluate/in-batches.js';
import { openOwnEngine, sourceOf, type JobEngineParts } from '../evaluate/own-engine.js';
import type { SpaceVersions } from '../spaces/space-versions.js';
import { CandidateRows } from './candidate-rows.js';
import { fitModel, type FitRun } from './fit-model.js';
import { learnable } from './learnable.js';
import { pastArtifacts } from './past.artifacts.js';
import { withoutLatestBaskets } from './without-latest-baskets.js';

/** Baskets of each user that are asked about, the latest first. */
const DEPTH = 3;
/** Baskets that are asked about, and users they are of, drawn by chance. */
const MOST = 2_500;
const DRAW = 42;

export interface PastParts extends JobEngineParts {
  readonly config: Config;
  readonly versions: SpaceVersions;
  readonly footingOn: (artifacts: ArtifactStore) => Promise<Footing>;
}

/** The surface that is asked, and the log. */
export interface PastTask {
  readonly surface: string;
  readonly data: TrainingData;
}

const SEEN = { wholeBasket: 'include', newItems: 'exclude' } as const satisfies Record<SplitTask, string>;

/**
 * What a surface proposes as of just before past baskets, with all columns, and what was in them: each basket is asked for once
 * with what its buyer has, and once without. The models of its pipeline learn anew from what was before these baskets, and are
 * gone afterwards; a model that is not trained here, or refused, has no opinion. Throws SURFACE_NOT_FOUND.
 */
export async function pastCandidates(parts: PastParts, task: PastTask, run: FitRun): Promise<JudgedCandidates> {
  const { config, stores, clock } = parts;
  const source = sourceOf(task.surface, parts);
  const half = (first: number) => (done: number, total: number) => run.progress(first + done / Math.max(1, total), 2);
  const models = await pastModels(await modelsOf(source, parts), { parts, task, run: { ...run, progress: half(0) } });
  const past = pastArtifacts(
    stores.artifacts,
    models,
    Array.from(config.train, ({ use }) => use),
  );
  const users = { depth: DEPTH, users: MOST, seed: DRAW, signal: run.signal };
  const held = sample(await heldBaskets(stores, clock.now(), users), MOST, DRAW);
  const engine = await openOwnEngine(source, { ...parts, footing: () => parts.footingOn(past) });
  try {
    const rows = new CandidateRows();
    const asking = { ...run, progress: half(1), monotonic: () => clock.monotonic() };
    await inBatches(held, asking, async (batch) => {
      for (const wanted of ['wholeBasket', 'newItems'] as const)
        if (!rows.full) await ask(engine, task.surface, { batch, wanted, rows });
    });
    return rows.judged();
  } finally {
    await engine.close();
  }
}

/** Names of the models that a pipeline stands on. */
async function modelsOf(source: ReturnType<typeof sourceOf>, parts: PastParts): Promise<ReadonlySet<string>> {
  const engine = await openOwnEngine(source, parts);
  const names = new Set(engine.models.keys());
  await engine.close();
  return names;
}

interface Learning {
  readonly parts: PastParts;
  readonly task: PastTask;
  readonly run: FitRun;
}

/** The models of these names that are trained here, learned from before the latest baskets; without those that are refused. */
async function pastModels(
  names: ReadonlySet<string>,
  { parts: { config, registry, stores, versions }, task, run }: Learning,
): Promise<ReadonlyMap<string, ArtifactDraft>> {
  const models = new Map<string, ArtifactDraft>();
  const refusing = await stores.users.withoutConsent();
  const { data, until } = withoutLatestBaskets(task.data, DEPTH);
  const learning = { registry, stores, versions, refusing, until, signal: run.signal };
  const used = config.train.filter(({ use, surface }) => surface === undefined && names.has(use));
  for (const [i, entry] of used.entries()) {
    const progress = (done: number, total: number): void => run.progress(i + done / Math.max(1, total), used.length);
    try {
      const known = await learnable(entry, data, learning);
      models.set(entry.use, await fitModel(entry, known, registry, { ...run, progress }));
    } catch (error) {
      run.signal.throwIfAborted();
      if (!(error instanceof Error)) throw error;
    }
  }
  return models;
}

interface Asking {
  readonly batch: readonly HeldBasket[];
  readonly wanted: SplitTask;
  readonly rows: CandidateRows;
}

async function ask(engine: Engine, surface: string, { batch, wanted, rows }: Asking): Promise<void> {
  const requests = batch.map(({ userId, askAt }) =>
    asked({ id: `${userId} ${askAt}`, now: askAt, userId, limit: 10, seen: SEEN[wanted] }),
  );
  rows.add(
    await engine.candidates(surface, requests),
    batch.map((held) => ({ userId: held.userId, wanted: wantedOf(held, wanted) })),
  );
}
