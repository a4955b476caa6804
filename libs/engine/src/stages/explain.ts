import type { Explanation, Need, ExplainedSlate } from '@attune/sdk';
import { runStep, type StageRun } from '../runtime/run-step.js';
import type { Step } from '../runtime/step.js';
import type { RequestContext } from '../slate/request-context.js';

/** What is explained: the items shown, with the parts of their scores. */
export interface ExplainInput extends Omit<ExplainedSlate<Need, string>, 'given'> {
  readonly request: RequestContext;
}

/**
 * One reason an item shown, undefined where there is none: of the first explainer that has one. An explainer is not asked once all
 * have. Evidence the user never touched is refused.
 */
export async function explain(
  steps: readonly Step<'explainer'>[],
  slate: ExplainInput,
  run: StageRun,
): Promise<readonly (Explanation | undefined)[]> {
  const { size } = slate.candidates;
  const reasons: (Explanation | undefined)[] = Array.from({ length: size }, () => undefined);
  for (const step of steps) {
    if (!reasons.includes(undefined)) break;
    const told = await runStep<readonly (Explanation | undefined)[]>(step, run, {
      run: (call) => step.running!.explain({ ...slate, given: [], request: slate.request.forStep(step.name) }, call),
      broken: (answer) => brokenBy(answer, size, slate.request),
      neutral: () => [],
    });
    told.forEach((reason, place) => (reasons[place] ??= reason));
  }
  return reasons;
}

function brokenBy(
  reasons: readonly (Explanation | undefined)[],
  size: number,
  request: RequestContext,
): string | undefined {
  if (!Array.isArray(reasons) || reasons.length !== size) return `${reasons?.length} reasons for ${size} items`;
  if (!(reasons as readonly unknown[]).every(isReason)) return 'a reason without key, evidence or params';
  const evidence = (reasons as readonly (Explanation | undefined)[]).flatMap((reason) => reason?.evidence ?? []);
  if (evidence.length === 0) return undefined;
  const touched = new Set([...request.history.items, ...request.session.items, ...request.itemIds]);
  const invented = evidence.find((id) => !touched.has(id));
  return invented === undefined ? undefined : `evidence the user never touched: ${invented}`;
}

/** Whether something has the members of a reason; undefined is none. */
export function isReason(value: unknown): boolean {
  if (value === undefined) return true;
  const { reason, evidence, params } = Object(value) as Partial<Explanation>;
  return typeof reason === 'string' && Array.isArray(evidence) && typeof params === 'object' && params !== null;
}
