import { DEED, type Exposures, type TrainingData } from '@attune/sdk';
import type { Showing } from './case-plan.js';
import type { FieldOptions } from './field-options.js';
import { eventsByUser, latestItems, type PastEvents } from './past-events.js';

/** What is to be foretold: any deed at least as strong counts. */
export const GOALS = {
  click: DEED.click | DEED.cart | DEED.purchase,
  cart: DEED.cart | DEED.purchase,
  purchase: DEED.purchase,
} as const;
export type Goal = keyof typeof GOALS;

/** What slates showed, oldest first, and what came of it. */
export interface PastShowings {
  readonly showings: readonly Showing[];
  /** 1 where the goal was reached, item after item `[cases]`. */
  readonly labels: Uint8Array;
}

export interface PastOptions {
  readonly goal: Goal;
  readonly fields: FieldOptions;
  /** Items shown that are learned from at most, the newest; whole slates. */
  readonly cases: number;
}

/**
 * What slates showed, each with its moment as it was known then. Throws an Error with the fix where no slate was logged, or
 * where the goal was reached always or never.
 */
export function pastShowings(data: TrainingData, { goal, fields, cases }: PastOptions): PastShowings {
  const { exposures } = data;
  if (exposures === undefined || exposures.at.length === 0)
    throw new Error(
      'no slate was logged to learn from: leave slateLog enabled, serve slates, and send clicks and purchases with their slateId',
    );
  const { offsets, deeds } = exposures;
  const slates = exposures.at.length;
  const first = firstSlate(exposures, cases);
  const labels = Uint8Array.from(deeds.subarray(offsets[first]), (deed) => ((deed & GOALS[goal]) === 0 ? 0 : 1));
  const yes = labels.reduce((sum, label) => sum + label, 0);
  if (yes === 0 || yes === labels.length)
    throw new Error(
      `${yes} of ${labels.length} items that slates showed led to a ${goal}: ${
        yes === 0
          ? 'send events with the slateId of their slate, or name a goal that is reached more often'
          : 'name a goal that is reached less often'
      }`,
    );
  const past = { data, exposures, eventsOf: eventsByUser(data), fields };
  return { showings: Array.from({ length: slates - first }, (_, i) => showingOf(past, first + i)), labels };
}

/** The first of the newest slates that show so many items at most; at least one is left. */
function firstSlate({ offsets, at }: Exposures, cases: number): number {
  const newest = at.length - 1;
  return offsets.findIndex((from, s) => s === newest || offsets[newest + 1]! - from <= cases);
}

interface Past {
  readonly data: TrainingData;
  readonly exposures: Exposures;
  readonly eventsOf: (user: number) => PastEvents;
  readonly fields: FieldOptions;
}

function showingOf({ data, exposures, eventsOf, fields }: Past, s: number): Showing {
  const { itemIds, itemAttributes, userAttributes } = data;
  const { offsets, users, at, surfaces, surfaceNames, context, items, positions } = exposures;
  const [from, to] = [offsets[s]!, offsets[s + 1]!];
  return {
    moment: {
      at: at[s]!,
      surface: surfaceNames[surfaces[s]!]!,
      history: latestItems(eventsOf(users[s]!), at[s]!, fields),
      attributes: userAttributes?.[users[s]!],
      context: Object.fromEntries(Object.entries(context).map(([key, said]) => [key, said[s]])),
    },
    items: Array.from(items.subarray(from, to), (item) => ({ id: itemIds[item]!, item: itemAttributes?.[item] })),
    positions: positions.subarray(from, to),
  };
}
