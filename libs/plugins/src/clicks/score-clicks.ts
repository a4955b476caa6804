import type { Artifact, Batch, Call, View } from '@attune/sdk';
import { z } from 'zod';
import { type Showing } from './case-plan.js';
import { casesOf } from './click-cases.js';
import { type FieldOptions } from './field-options.js';
import { latestItems } from './past-events.js';
import { clickPlanOf, type ClickPlan, type OpenedClicks } from './click-model.js';

/** Options of a scorer that foretells what comes of an item that is shown. */
export const clickScorerOptions = (trainer: string) =>
  z.strictObject({
    /** Name of the model: the artifact of the trainer of this id. */
    artifact: z.string().default(trainer),
  });

/** What such a step declares. */
export const CLICK_STEP = {
  needs: ['history', 'user', 'context', 'items'],
  uses: ['artifacts'],
  traits: { memory: 'resident' },
} as const;
type Need = (typeof CLICK_STEP)['needs'][number];

/** A scorer by an opened model; disposing of it closes the model. */
export function clickScoring(source: Artifact, { ask, close }: OpenedClicks) {
  const plan = clickPlanOf(source);
  return {
    score: (batch: Batch<Need>, out: Float32Array, call: Call): Promise<void> =>
      scoreClicks(plan, ask, batch, { out, call }),
    dispose: close,
  };
}

/** Writes the probability of each candidate, request after request, until the time is over. */
async function scoreClicks(
  { plan, options }: ClickPlan,
  ask: OpenedClicks['ask'],
  { requests, offsets, candidates }: Batch<Need>,
  { out, call }: { readonly out: Float32Array; readonly call: Call },
): Promise<void> {
  const { signal } = call.deadline;
  for (const [r, view] of requests.entries()) {
    const [start, end] = [offsets[r]!, offsets[r + 1]!];
    if (start === end) continue;
    if (signal.aborted) return;
    const told = await ask(casesOf(plan, [showingOf(view, candidates, { start, end, options })]));
    if (signal.aborted) return;
    out.set(told, start);
  }
}

interface Asked {
  /** The request's candidates: from `start` to before `end`. */
  readonly start: number;
  readonly end: number;
  readonly options: FieldOptions;
}

/** A request and its candidates as the model is asked about them: all at the first place. */
export function showingOf(
  { history, user, context, now, surface }: View<Need>,
  { ids, items }: Batch<Need>['candidates'],
  { start, end, options }: Asked,
): Showing {
  const events = {
    size: history.size,
    item: (place: number) => history.items[place]!,
    type: (place: number) => history.types[place]!,
    at: (place: number) => history.at[place]!,
  };
  const places = Array.from({ length: end - start }, (_, i) => start + i);
  return {
    moment: { at: now, surface, history: latestItems(events, now, options), attributes: user?.attributes, context },
    items: places.map((c) => ({ id: ids[c]!, item: items[c] })),
    positions: undefined,
  };
}
