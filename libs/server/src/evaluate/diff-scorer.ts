import { setImmediate as turn } from 'node:timers/promises';
import type { Engine } from '@attune/engine';
import { estimate, estimateDifference, hitRate, overlap, percentile, type Estimate } from '@attune/evaluation';
import type { SlateAnswer } from '@attune/sdk';
import type { JobOutcome, JobRequestOf, JobRun } from '../jobs/job.js';
import { Degradations, type DegradedCount } from './degradations.js';
import { drawRequests, type DiffRequest } from './diff-requests.js';
import { openOwnEngine, sourceOf, type JobEngineParts } from './own-engine.js';
import { withScorer } from './variant.js';

const K = 10;
const EXAMPLES = 5;

/** An item of an example slate. */
interface Shown {
  readonly id: string;
  readonly title: string;
}

/** What a scorer would change. */
export interface PipelineDiff {
  readonly surface: string;
  readonly requests: number;
  /** Share of the first ten items that stay. */
  readonly overlap: Estimate;
  /** HR@10 over the requests whose user bought something new afterwards. */
  readonly hitRate: {
    readonly requests: number;
    readonly before: Estimate;
    readonly after: Estimate;
    readonly difference: Estimate;
  };
  readonly latencyMs: Readonly<Record<'before' | 'after', { readonly p50: number; readonly p99: number }>>;
  /** Of the whole process while the slate was made. */
  readonly cpuMs: Readonly<Record<'before' | 'after', number>>;
  readonly degraded: readonly DegradedCount[];
  /** The slates that changed most. */
  readonly examples: readonly { readonly overlap: number; readonly before: Shown[]; readonly after: Shown[] }[];
}

interface Served {
  readonly slate: SlateAnswer;
  readonly ms: number;
  readonly cpuMs: number;
}
interface Pair {
  readonly before: Served;
  readonly after: Served;
  readonly wanted: ReadonlySet<string> | undefined;
}

/**
 * Serves real requests by a surface's pipeline as it is and with one more scorer, beside each other. Throws
 * SURFACE_NOT_FOUND, a PipelineError where the variant does not hold, an Error where there is nothing to ask.
 */
export async function diffScorer(parts: JobEngineParts, run: JobRun<JobRequestOf<'diff'>>): Promise<JobOutcome> {
  const { surface, requests: count, seed } = run.request;
  const source = sourceOf(surface, parts);
  const variant = withScorer(source, run.request);
  const engines = { before: await openOwnEngine(source, parts), after: undefined as Engine | undefined };
  try {
    engines.after = await openOwnEngine(variant, parts);
    const now = parts.clock.now();
    const requests = await drawRequests(parts, { surface, count, limit: K, seed, now });
    if (requests.length === 0) throw new Error('there is nothing to ask: no slate is logged, and nobody bought twice');
    const asks = { before: engines.before, after: engines.after, monotonic: () => parts.clock.monotonic() };
    const pairs = await servePairs(requests, { ...asks, ...run });
    await run.result.json(await diffOf(surface, pairs, seed));
    return { ok: pairs.length, failed: 0, errors: [] };
  } finally {
    await engines.before.close();
    await engines.after?.close();
  }
}

interface PairRun extends Pick<JobRun, 'signal' | 'progress'> {
  readonly before: Engine;
  readonly after: Engine;
  readonly monotonic: () => number;
}

/** One by one, so that times are those of single requests; who goes first takes turns. */
async function servePairs(requests: readonly DiffRequest[], run: PairRun): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  for (const [i, one] of requests.entries()) {
    run.signal.throwIfAborted();
    const first = i % 2 === 0 ? 'before' : 'after';
    const early = await timed(run[first], one, run.monotonic);
    await turn();
    const late = await timed(run[first === 'before' ? 'after' : 'before'], one, run.monotonic);
    const [before, after] = first === 'before' ? [early, late] : [late, early];
    pairs.push({ before, after, wanted: one.wanted });
    run.progress(i + 1, requests.length);
    await turn();
  }
  return pairs;
}

async function timed(engine: Engine, { request }: DiffRequest, monotonic: () => number): Promise<Served> {
  const [startedAt, cpu] = [monotonic(), process.cpuUsage()];
  const [served] = await engine.serve(engine.surfaces[0]!, [request]);
  const { user, system } = process.cpuUsage(cpu);
  return { slate: served!.slate, ms: monotonic() - startedAt, cpuMs: (user + system) / 1000 };
}

async function diffOf(surface: string, pairs: readonly Pair[], seed: number): Promise<PipelineDiff> {
  const overlaps = pairs.map(({ before, after }) => overlap(idsOf(before), idsOf(after), K));
  const judged = pairs.flatMap(({ wanted, ...pair }) => (wanted?.size ? [{ ...pair, wanted }] : []));
  const hits = {
    before: judged.map(({ before, wanted }) => hitRate(idsOf(before), wanted, K)),
    after: judged.map(({ after, wanted }) => hitRate(idsOf(after), wanted, K)),
  };
  const degradations = new Degradations();
  for (const { after } of pairs) degradations.add(after.slate.degraded);
  await turn();
  return {
    surface,
    requests: pairs.length,
    overlap: estimate(overlaps, seed),
    hitRate: {
      requests: judged.length,
      before: estimate(hits.before, seed),
      after: estimate(hits.after, seed),
      difference: estimateDifference(hits.before, hits.after, seed),
    },
    latencyMs: { before: latency(pairs, 'before'), after: latency(pairs, 'after') },
    cpuMs: { before: cpu(pairs, 'before'), after: cpu(pairs, 'after') },
    degraded: degradations.counts(),
    examples: [...pairs.keys()]
      .sort((a, b) => overlaps[a]! - overlaps[b]! || a - b)
      .slice(0, EXAMPLES)
      .map((i) => ({ overlap: overlaps[i]!, before: shown(pairs[i]!.before), after: shown(pairs[i]!.after) })),
  };
}

const idsOf = ({ slate }: Served): readonly string[] => slate.items.map(({ id }) => id);
const shown = ({ slate }: Served): Shown[] => slate.items.map(({ id, item }) => ({ id, title: item?.title ?? '' }));

function latency(pairs: readonly Pair[], side: 'before' | 'after'): { readonly p50: number; readonly p99: number } {
  const times = pairs.map((pair) => pair[side].ms);
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

const cpu = (pairs: readonly Pair[], side: 'before' | 'after'): number =>
  pairs.reduce((sum, pair) => sum + pair[side].cpuMs, 0) / pairs.length;
