import { NOTHING_RETRIEVED, type Retrieved } from '@attune/sdk';
import type { Pipeline } from '../pipeline/pipeline.js';
import { RequestDeadline } from '../runtime/request-deadline.js';
import type { StageRun } from '../runtime/run-step.js';
import { TIMED_OUT, within } from '../runtime/within.js';
import { filter, pushDown } from '../stages/filter.js';
import { rank } from '../stages/rank.js';
import { retrieve } from '../stages/retrieve.js';
import { score } from '../stages/score.js';
import { assembleSlate } from './assemble.js';
import { poolOf, survivorsOf, type CandidatePool } from './candidate-pool.js';
import { fillFromFallback } from './fallback.js';
import type { AssembleInput } from './head.js';
import { candidatesOf } from './gather.js';
import { SlateJournal } from './journal.js';
import { personOf, unreadPerson } from './person.js';
import type { EngineRequest } from './engine-request.js';
import { RequestContext } from './request-context.js';
import type { FilteredPool, RankedCandidates, ServeContext, ServedSlate } from './serving.js';

/** Share of a request's time that finding out who asks may take; without an answer there is a slate for anybody. */
const GATHER_SHARE = 0.5;

/** A stage's run with the journal and the stores of its slate. */
type SlateRun = StageRun & ServeContext & { readonly journal: SlateJournal };

/** One batch of requests through one pipeline, under one deadline. */
export async function serve(
  pipeline: Pipeline,
  asked: readonly EngineRequest[],
  context: ServeContext,
): Promise<readonly ServedSlate[]> {
  const startedAt = context.clock.monotonic();
  const run = runOf(pipeline, context);
  const { journal } = run;
  const requests = await gathered(pipeline, asked, run);
  const { passed, proposers } = await proposed(pipeline, requests, run);
  const ledger = await ranked(pipeline, requests, { ...passed, proposers }, run);
  const shared = { pipeline, passed, proposers, ...ledger, context, startedAt };
  const slates: ServedSlate[] = [];
  for (const [r, request] of requests.entries()) {
    // From here on each request is on its own: what happens to one is not written down for another.
    const own = journal.fork();
    if (request.person.unread !== undefined) own.degrade('history', request.person.unread);
    slates.push(await assembleSlate({ ...shared, request, r, journal: own, run: { ...run, journal: own } }));
  }
  return slates;
}

/** What would be ranked for one batch of requests, with all columns; no slate is made of it. */
export async function candidatesFor(
  pipeline: Pipeline,
  asked: readonly EngineRequest[],
  context: ServeContext,
): Promise<RankedCandidates> {
  const run = runOf(pipeline, context);
  const requests = await gathered(pipeline, asked, run);
  const { passed, proposers } = await proposed(pipeline, requests, run);
  const { columns, ranked: ledger } = await ranked(pipeline, requests, { ...passed, proposers }, run);
  const { offsets, ids } = passed.pool;
  return { offsets, ids, columns, scores: ledger.scores };
}

function runOf(pipeline: Pipeline, context: ServeContext): SlateRun {
  const journal = new SlateJournal(context.clock, { surface: pipeline.surface, observer: context.observer });
  return { ...context, deadline: new RequestDeadline(context.clock, pipeline.deadlineMs), journal };
}

const gathered = (
  pipeline: Pipeline,
  asked: readonly EngineRequest[],
  run: SlateRun,
): Promise<readonly RequestContext[]> =>
  run.journal.stage(
    'gather',
    () => contextsOf(pipeline, asked, run),
    () => 0,
  );

/** What is proposed and passes the filters, and who proposed: one name a column of the pool. */
async function proposed(
  pipeline: Pipeline,
  requests: readonly RequestContext[],
  run: SlateRun,
): Promise<Pick<AssembleInput, 'passed' | 'proposers'>> {
  const { journal } = run;
  const probes = probesOf(requests);
  const proposals = await journal.stage(
    'retrieve',
    async () => [...(await retrieve(pipeline.retrieve, requests, run)), ...probes],
    (lists) => lists.reduce((sum, list) => sum + list.reduce((all, { ids }) => all + ids.length, 0), 0),
  );
  const passed = await journal.stage(
    'filter',
    async () => {
      const first = await filtered(pipeline, requests, poolOf(proposals, requests.length), { run, context: run });
      return fillFromFallback(pipeline, requests, { first, proposals }, { run, context: run, refilter: filtered });
    },
    ({ pool }) => pool.ids.length,
  );
  const names = pipeline.retrieve.map(({ name }) => name);
  return { passed, proposers: [...names, ...probes.map(() => 'asked'), `fallback ${pipeline.fallback.name}`] };
}

/** The surviving pool through scorers and ranker: every column by name, and what the ranker made of them. */
async function ranked(
  pipeline: Pipeline,
  requests: readonly RequestContext[],
  { pool, proposers }: FilteredPool & Pick<AssembleInput, 'proposers'>,
  run: SlateRun,
): Promise<Pick<AssembleInput, 'columns' | 'ranked'>> {
  const { journal } = run;
  const left = (): number => pool.ids.length;
  const candidates = await candidatesOf(pool, pipeline.needs.score, run);
  const batch = { requests, offsets: pool.offsets, candidates };
  const scored = await journal.stage('score', () => score(pipeline.score, batch, run), left);
  const columns = new Map([...pipeline.retrieve.map(({ name }, i) => [name, pool.scores[i]!] as const), ...scored]);
  const input = { batch, columns, pool, retrievers: proposers };
  return { columns, ranked: await journal.stage('rank', () => rank(pipeline.rank, input, run), left) };
}

/** One more list of proposals where items are asked about, one item a request that does. */
function probesOf(requests: readonly RequestContext[]): readonly (readonly Retrieved[])[] {
  if (requests.every(({ asked }) => asked.probe === undefined)) return [];
  const scores = Float32Array.of(0);
  return [requests.map(({ asked: { probe } }) => (probe === undefined ? NOTHING_RETRIEVED : { ids: [probe], scores }))];
}

/** The requests as plugins see them, with what the filters push down. */
function contextsOf(
  pipeline: Pipeline,
  asked: readonly EngineRequest[],
  { stores, clock, deadline }: SlateRun,
): Promise<readonly RequestContext[]> {
  return Promise.all(
    asked.map(async (one) => {
      const reading = personOf(one, stores, pipeline.needs.person);
      const share = new RequestDeadline(clock, deadline.remainingMs() * GATHER_SHARE);
      const read = await within(reading, share, share.remainingMs()).catch((): typeof TIMED_OUT => TIMED_OUT);
      const person = read === TIMED_OUT ? unreadPerson(one) : read;
      const request = new RequestContext(one, { surface: pipeline.surface, person, items: stores.items });
      request.where = pushDown(pipeline.filter, request);
      return request;
    }),
  );
}

/** A pool through the filters. */
async function filtered(
  pipeline: Pipeline,
  requests: readonly RequestContext[],
  proposed: CandidatePool,
  { run, context }: { readonly run: StageRun; readonly context: ServeContext },
): Promise<FilteredPool> {
  const candidates = await candidatesOf(proposed, pipeline.needs.filter, { ...context, journal: run.journal });
  const result = await filter(pipeline.filter, { requests, offsets: proposed.offsets, candidates }, run);
  return { proposed, filtered: result, pool: survivorsOf(proposed, result.keep) };
}
