import { batchedSlateRequestSchema, type SlateAnswer, type SlateRequest } from '@attune/sdk';
import { parsed } from '../../problems/invalid-request.js';
import { problemOf } from '../../problems/problem-of.js';
import type { Problem } from '../../problems/problem.schema.js';
import { refuseUntilReady, type Asking } from './asking.js';
import { engineRequest } from './engine-request.js';
import type { Addressed } from './serve-one.js';
import { show } from './show.js';
import { relevanceOrder } from './slate-order.js';
import { understood } from './understood.js';

export interface SlateBatchAnswer {
  /** Aligned with the requests. */
  readonly results: readonly (SlateAnswer | Problem)[];
}

interface Entry {
  /** Place in the batch from 0. */
  readonly n: number;
  readonly asking: Asking;
  readonly body: SlateRequest;
  readonly addressed: Addressed;
}

/**
 * Requests that go through the pipeline together. They share its deadline and each plugin's budget, which are made for
 * one request: a hundred at once miss them, and have the server shed load for everybody.
 */
const MAX_TOGETHER = 8;

/**
 * Many slates at once: requests of one surface and the same models go through the pipeline together, eight at a time, and
 * other requests have a turn in between. A request that cannot be served has its problem in place of its slate. Throws NOT_READY.
 */
export async function slatesFor(requests: readonly unknown[], asking: Asking): Promise<SlateBatchAnswer> {
  refuseUntilReady(asking.platform);
  const results = new Array<SlateAnswer | Problem>(requests.length);
  const groups = new Map<string, Entry[]>();
  const refuse = (n: number, error: unknown): void => {
    const problem = problemOf(error, idOf(asking, n));
    // What nobody foresaw is no result: the whole call fails with it, and the log has its cause.
    if (problem.code === 'INTERNAL') throw error;
    results[n] = placed(problem, n);
  };
  for (const [n, request] of requests.entries()) {
    try {
      const entry = await entryOf(n, request, asking);
      const { surface, artifacts = {} } = entry.addressed;
      const key = JSON.stringify([surface, Object.entries(artifacts).sort()]);
      groups.set(key, [...(groups.get(key) ?? []), entry]);
    } catch (error) {
      refuse(n, error);
    }
  }
  for (const some of [...groups.values()].flatMap(partsOf)) {
    try {
      for (const [n, slate] of await serveTogether(some, asking)) results[n] = slate;
    } catch (error) {
      for (const { n } of some) refuse(n, error);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { results };
}

async function entryOf(n: number, request: unknown, asking: Asking): Promise<Entry> {
  const own = { ...asking, requestId: idOf(asking, n) };
  const body: SlateRequest = { ...parsed(batchedSlateRequestSchema, request ?? null), paging: false };
  const { surface, artifacts } = body;
  const asked = engineRequest(body, await understood(body.query, own), own);
  return { n, asking: own, body, addressed: { surface, artifacts, request: asked } };
}

const partsOf = (group: readonly Entry[]): readonly (readonly Entry[])[] =>
  Array.from({ length: Math.ceil(group.length / MAX_TOGETHER) }, (_, i) =>
    group.slice(i * MAX_TOGETHER, (i + 1) * MAX_TOGETHER),
  );

/** One pass through the engine for all of them. */
async function serveTogether(group: readonly Entry[], { tenant }: Asking): Promise<readonly [number, SlateAnswer][]> {
  const { surface, artifacts } = group[0]!.addressed;
  const requests = group.map(({ addressed }) => addressed.request);
  const served = await tenant.slates.engines.with(artifacts, (engine) => engine.serve(surface, requests));
  return Promise.all(
    group.map(async ({ n, asking, body, addressed: { request } }, i): Promise<[number, SlateAnswer]> => {
      const one = served[i]!;
      const showing = { call: { call: 'recommend', body }, request, served: one, answer: one.slate } as const;
      return [n, await show({ ...showing, order: relevanceOrder(one) }, asking)];
    }),
  );
}

const idOf = ({ requestId }: Asking, n: number): string => `${requestId}-${n}`;

/** A problem whose pointers lead into the batch. */
function placed(problem: Problem, n: number): Problem {
  const { errors } = problem;
  return errors === undefined
    ? problem
    : { ...problem, errors: errors.map((fault) => ({ ...fault, pointer: `/requests/${n}${fault.pointer}` })) };
}
