import type { Call } from '@attune/sdk';

/**
 * Does the work of each request of a batch, until time is over. Requests whose work throws are left out, with a note; where
 * all do, the model is at fault rather than a request: throws what the first threw.
 */
export async function eachRequest<R>(
  requests: readonly R[],
  call: Call,
  work: (request: R, place: number) => Promise<void>,
): Promise<void> {
  const errors: unknown[] = [];
  for (const [place, request] of requests.entries()) {
    if (call.deadline.signal.aborted) break;
    await work(request, place).catch((error: unknown) => void errors.push(error));
  }
  if (errors.length === 0) return;
  const [first] = errors;
  if (errors.length === requests.length) throw first;
  const why = first instanceof Error ? first.message : String(first);
  call.note('GRAPH_FAILED', `${errors.length} of ${requests.length} requests: ${why.split('\n', 1)[0]!.slice(0, 400)}`);
}
