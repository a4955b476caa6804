import type { TenantStores } from '@attune/sdk';
import type { Pipeline } from '../pipeline/pipeline.js';
import { RequestDeadline } from '../runtime/request-deadline.js';
import type { StageRun } from '../runtime/run-step.js';
import { filter, pushDown } from '../stages/filter.js';
import { rank } from '../stages/rank.js';
import { retrieve } from '../stages/retrieve.js';
import { score } from '../stages/score.js';
import { assembleSlate } from './assemble.js';
import { poolOf, survivorsOf, type CandidatePool } from './candidate-pool.js';
import { fillFromFallback } from './fallback.js';
import { candidatesOf } from './gather.js';
import { SlateJournal } from './journal.js';
import { RequestContext, type EngineRequest } from './request-context.js';
import type { FilteredPool, ServeContext, ServedSlate } from './serving.js';

/** One batch of requests through one pipeline, under one deadline. */
export async function serve(
  pipeline: Pipeline,
  asked: readonly EngineRequest[],
  context: ServeContext,
): Promise<readonly ServedSlate[]> {
  const startedAt = context.clock.monotonic();
  const journal = new SlateJournal(context.clock);
  const deadline = new RequestDeadline(context.clock, pipeline.deadlineMs);
  const run: StageRun = { ...context, deadline, journal };
  const requests = await journal.stage(
    'gather',
    async () => contextsOf(pipeline, asked, context.stores),
    () => 0,
  );

  const proposals = await journal.stage(
    'retrieve',
    () => retrieve(pipeline.retrieve, requests, run),
    (lists) => lists.reduce((sum, list) => sum + list.reduce((all, { ids }) => all + ids.length, 0), 0),
  );
  const passed = await journal.stage(
    'filter',
    async () => {
      const first = await filtered(pipeline, requests, poolOf(proposals, requests.length), { run, context });
      return fillFromFallback(pipeline, requests, { first, proposals }, { run, context, refilter: filtered });
    },
    ({ pool }) => pool.ids.length,
  );
  const { pool } = passed;
  const candidates = await candidatesOf(pool, pipeline.needs.score, context.stores);
  const batch = { requests, offsets: pool.offsets, candidates };
  const scored = await journal.stage(
    'score',
    () => score(pipeline.score, batch, run),
    () => pool.ids.length,
  );
  const retrievers = [...pipeline.retrieve.map(({ name }) => name), `fallback ${pipeline.fallback.name}`];
  const columns = new Map([...pipeline.retrieve.map(({ name }, i) => [name, pool.scores[i]!] as const), ...scored]);
  const ranked = await journal.stage(
    'rank',
    () => rank(pipeline.rank, { batch, columns, pool, retrievers }, run),
    () => pool.ids.length,
  );

  const slates: ServedSlate[] = [];
  for (let r = 0; r < requests.length; r++) {
    const own = journal.fork();
    const slate = await assembleSlate({
      pipeline,
      request: requests[r]!,
      r,
      passed,
      columns,
      ranked,
      run: { ...run, journal: own },
      journal: own,
      context,
      startedAt,
    });
    slates.push({ slate, total: pool.offsets[r + 1]! - pool.offsets[r]! });
  }
  return slates;
}

/** The requests as plugins see them, with what the filters push down. */
function contextsOf(
  pipeline: Pipeline,
  asked: readonly EngineRequest[],
  stores: TenantStores,
): readonly RequestContext[] {
  return asked.map((one) => {
    const request = new RequestContext(one, pipeline.surface, stores);
    request.where = pushDown(pipeline.filter, request);
    return request;
  });
}

/** A pool through the filters. */
async function filtered(
  pipeline: Pipeline,
  requests: readonly RequestContext[],
  proposed: CandidatePool,
  { run, context }: { readonly run: StageRun; readonly context: ServeContext },
): Promise<FilteredPool> {
  const candidates = await candidatesOf(proposed, pipeline.needs.filter, context.stores);
  const result = await filter(pipeline.filter, { requests, offsets: proposed.offsets, candidates }, run);
  return { proposed, filtered: result, pool: survivorsOf(proposed, result.keep) };
}
