import { reportStep } from '@attune/numeric';
import { defineTrainer } from '@attune/sdk';
import { z } from 'zod';
import { recencyOptions } from '../models/recency-options.js';
import { sessionKnnModel } from '../models/session-knn.model.js';
import { watchOf } from '../logs/interaction-matrix.js';
import { itemSequences } from '../logs/item-sequences.js';
import { learnBy } from '../exams/learn-by.js';
import { basketsOf, newestOf, usersOf } from '../logs/owners.js';
import { trainingOptions } from '../exams/training-options.js';

const MINUTE_MS = 60_000;

const options = trainingOptions.extend(recencyOptions.shape).extend({
  /** Longest pause within a session; default: all that a user did is one. */
  gapMinutes: z.number().positive().optional(),
  /** Sessions that are compared with, the newest: time at a request grows with them. */
  sessions: z.int().min(1).max(1_000_000).default(50_000),
  /** Most similar sessions that speak. */
  neighbors: z.int().min(1).max(10_000).default(200),
  /** An item of a session counts reach^distance from what it has in common. */
  reach: z.number().gt(0).max(1).default(0.9),
  /** What items before that count beside those after it. */
  backward: z.number().min(0).default(0.5),
  /** Power of an item's idf that its interest is multiplied with. */
  idfPower: z.number().min(0).default(0.5),
});

/**
 * Session-based neighbors (VS-kNN, Ludewig and Jannach 2018): the newest sessions, to be compared at a request. Artifact:
 * arrays `offsets` [sessions + 1] and `sequences` (rows of ids `items`, oldest first). It holds what single users did,
 * without their ids: after somebody was erased, train again. Refused where no session has two items, or where it fails its
 * gate. Throws where there is nothing to learn from.
 */
export const sessionKnnTrainer = defineTrainer({
  id: 'session-knn',
  version: '1.0.0',
  config: options,
  setup: learnBy(sessionKnnModel, (data, asked: z.output<typeof options>, run) => {
    const { types, gate: _, gapMinutes, sessions, ...shape } = asked;
    const watch = watchOf(run);
    reportStep(watch, 0, 1);
    const all = gapMinutes === undefined ? usersOf(data) : basketsOf(data, types, gapMinutes * MINUTE_MS);
    const { sequences, itemIds } = itemSequences(data, types, newestOf(data, types, all, sessions));
    reportStep(watch, 1, 1);
    const { offsets } = sequences;
    return {
      meta: { ...shape, types, gapMinutes: gapMinutes ?? null, sessions: offsets.length - 1, items: itemIds.length },
      arrays: { offsets, sequences: sequences.items },
      ids: { items: itemIds },
      evaluation: { metric: 'sessions with two items', value: several(offsets), minimum: 1 },
    };
  }),
});

const several = (offsets: Int32Array): number =>
  offsets.filter((start, row) => (offsets[row + 1] ?? start) - start > 1).length;
