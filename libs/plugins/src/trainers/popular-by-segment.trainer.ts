import { Csr, reportStep } from '@attune/numeric';
import { defineTrainer, type TrainingData } from '@attune/sdk';
import { z } from 'zod';
import { DAY_MS } from '../counts/days.js';
import { interactionMatrix, positiveWeights, watchOf, type InteractionMatrix } from '../logs/interaction-matrix.js';

const options = z.strictObject({
  /** Attribute of users whose values are the segments, for example `country`. */
  attribute: z.string().min(1).max(128),
  /** Event types counted. */
  types: z.array(z.string()).min(1).default(['purchase']),
  /** Days before the newest event that are counted; default: everything. */
  windowDays: z.number().positive().optional(),
  /** Users a segment must have: a smaller one says little, and says it about few people. */
  minUsers: z.int().min(1).default(20),
});

/**
 * How many users of each segment have each item. A segment is a value of a user attribute; an attribute with a list puts
 * a user into several. Artifact: arrays `indptr`, `indices`, `values` (sparse [segments × items]), ids `segments` and
 * `items`, `meta.attribute`; nothing of a single user. Refused where no segment is large enough. Throws where there is
 * nothing to learn from, or nobody has the attribute.
 */
export const popularBySegmentTrainer = defineTrainer({
  id: 'popular-by-segment',
  version: '1.0.0',
  config: options,
  setup: ({ attribute, types, windowDays, minUsers }) => ({
    fit(data, run) {
      const watch = watchOf(run);
      reportStep(watch, 0, 2);
      const interactions = interactionMatrix(recent(data, windowDays), types);
      const members = membersOf(data, interactions, attribute);
      if (members.size === 0)
        throw new Error(`no user who bought has the attribute '${attribute}': send users with it, or name another`);
      reportStep(watch, 1, 2);
      const segments = [...members]
        .filter(([, users]) => users.length >= minUsers)
        .sort(([a], [b]) => (a < b ? -1 : 1));
      const { indptr, indices, values } = countsOf(
        segments.map(([, users]) => users),
        interactions.matrix,
      );
      reportStep(watch, 2, 2);
      return {
        meta: { attribute, types, windowDays: windowDays ?? null, minUsers, segments: segments.length },
        arrays: { indptr, indices, values },
        ids: { segments: segments.map(([name]) => name), items: interactions.itemIds },
        evaluation: { metric: 'counts', value: positiveWeights(values), minimum: 1 },
      };
    },
  }),
});

/** The end of the log; its columns keep the rows of the whole. */
function recent(data: TrainingData, windowDays: number | undefined): TrainingData {
  if (windowDays === undefined || data.size === 0) return data;
  const from = data.at[data.size - 1]! - windowDays * DAY_MS;
  const first = data.at.findIndex((at) => at > from);
  const { users, items, types, at } = data;
  const [u, i, t, when] = [users.subarray(first), items.subarray(first), types.subarray(first), at.subarray(first)];
  return { ...data, size: data.size - first, users: u, items: i, types: t, at: when };
}

/** Segment → its users that have an item, as rows of the matrix. */
function membersOf(data: TrainingData, { matrix }: InteractionMatrix, attribute: string): Map<string, number[]> {
  const members = new Map<string, number[]>();
  data.userAttributes?.forEach((attributes, user) => {
    const value = attributes !== undefined && Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
    if (value === undefined || matrix.row(user).indices.length === 0) return;
    for (const name of new Set([value].flat().map(String))) {
      if (name === '') continue;
      const users = members.get(name);
      if (users === undefined) members.set(name, [user]);
      else users.push(user);
    }
  });
  return members;
}

function countsOf(segments: readonly (readonly number[])[], matrix: Csr): Csr {
  const rows: number[] = [];
  const cols: number[] = [];
  segments.forEach((users, segment) => {
    for (const user of users)
      for (const item of matrix.row(user).indices) {
        rows.push(segment);
        cols.push(item);
      }
  });
  return Csr.fromTriplets({ rows, cols }, segments.length, matrix.cols);
}
