import type { Engine, Footing } from '@attune/engine';
import { estimate, estimateDifference, overlap, sample, type Estimate } from '@attune/evaluation';
import type { ArtifactStore } from '@attune/sdk';
import { askTask, type JudgedSlate } from '../evaluate/ask-task.js';
import { Degradations, type DegradedCount } from '../evaluate/degradations.js';
import { heldBaskets } from '../evaluate/held-baskets.js';
import { openOwnEngine, sourceOf, type JobEngineParts } from '../evaluate/own-engine.js';
import type { JobOutcome, JobRequestOf, JobRun } from '../jobs/job.js';
import { pinnedStore } from '../slates/pinned-engines.js';
import { neighborOverlaps } from './neighbor-overlaps.js';
import type { SpaceVersions } from './space-versions.js';

const K = 10;

export interface CompareParts extends JobEngineParts {
  readonly versions: SpaceVersions;
  readonly footingOn: (artifacts: ArtifactStore) => Promise<Footing>;
}

/** What a version of a space would change, were it put into use. */
export interface VersionComparison {
  readonly space: string;
  /** Ids of the versions. */
  readonly inUse: string;
  readonly version: string;
  readonly surface: string;
  /** Share of the ten nearest neighbors of an item that both versions name. */
  readonly neighbors: { readonly items: number; readonly overlap: Estimate };
  /** Share of the first ten items of a slate that stay. */
  readonly slates: { readonly users: number; readonly overlap: Estimate };
  /** NDCG@10 of slates for the last basket of users, asked as of just before it. */
  readonly ndcg: { readonly inUse: Estimate; readonly version: Estimate; readonly difference: Estimate };
  readonly degraded: readonly DegradedCount[];
}

/**
 * Compares a version of a space with the one in use: by the neighbors of items, and by slates for the last baskets of users.
 * Throws SPACE_NOT_FOUND, SURFACE_NOT_FOUND, or an Error where there is nothing to compare.
 */
export async function compareVersions(parts: CompareParts, run: JobRun<JobRequestOf<'compare'>>): Promise<JobOutcome> {
  const { space, version: id, surface, seed } = run.request;
  const version = parts.versions.version(space, id);
  const inUse = (await parts.versions.inUse()).get(space)!.version;
  if (inUse === version) throw new Error(`version '${id}' is in use already: name another one`);
  const { items } = parts.stores;
  const ids = { inUse: inUse.id, version: id };
  const overlaps = await neighborOverlaps(items, {
    ...ids,
    ...run.request,
    count: run.request.items,
    signal: run.signal,
  });
  if (overlaps.length === 0) throw new Error('no item has a vector in both versions yet: start a backfill, and wait');
  const degradations = new Degradations();
  const { before, after } = await slatesOfBoth(parts, run, {
    version: await parts.versions.alias(version),
    degradations,
  });
  const ndcg = { before: before.map(({ metrics }) => metrics.ndcg), after: after.map(({ metrics }) => metrics.ndcg) };
  const stays = before.map((slate, i) => overlap(slate.ids, after[i]!.ids, K));
  await run.result.json({
    ...{ space, ...ids, surface },
    neighbors: { items: overlaps.length, overlap: estimate(overlaps, seed) },
    slates: { users: before.length, overlap: estimate(stays, seed) },
    ndcg: {
      inUse: estimate(ndcg.before, seed),
      version: estimate(ndcg.after, seed),
      difference: estimateDifference(ndcg.before, ndcg.after, seed),
    },
    degraded: degradations.counts(),
  } satisfies VersionComparison);
  return { ok: overlaps.length + before.length, failed: 0, errors: [] };
}

interface Both {
  readonly before: readonly JudgedSlate[];
  readonly after: readonly JudgedSlate[];
}

/** Slates for the same users, with the version in use and with the other; none where nobody bought twice. */
async function slatesOfBoth(
  parts: CompareParts,
  run: JobRun<JobRequestOf<'compare'>>,
  {
    version,
    degradations,
  }: { readonly version: { artifact: string; digest: string }; readonly degradations: Degradations },
): Promise<Both> {
  const { surface, users, seed } = run.request;
  const source = sourceOf(surface, parts);
  const held = sample(await heldBaskets(parts.stores, parts.clock.now()), users, seed);
  const other = pinnedStore(parts.stores.artifacts, { [version.artifact]: version.digest });
  const ask = async (engine: Engine, round: number): Promise<readonly JudgedSlate[]> => {
    const progress = (done: number): void => run.progress(round * held.length + done, 2 * held.length);
    const monotonic = (): number => parts.clock.monotonic();
    try {
      return await askTask('wholeBasket', held, {
        ...run,
        engine,
        surface,
        limit: K,
        monotonic,
        degradations,
        progress,
      });
    } finally {
      await engine.close();
    }
  };
  const before = await ask(await openOwnEngine(source, parts), 0);
  const footing = (): Promise<Footing> => parts.footingOn(other);
  return { before, after: await ask(await openOwnEngine(source, { ...parts, footing }), 1) };
}
