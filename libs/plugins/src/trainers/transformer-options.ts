import { z } from 'zod';
import { trainingOptions } from '../exams/training-options.js';

/** Options of the trainers of transformers over sequences. */
export const transformerOptions = trainingOptions.extend({
  /** Length of an item's vector, a multiple of `heads`. */
  dims: z.int().min(1).max(512).default(64),
  /** Newest items of a history that the next is told from. */
  window: z.int().min(3).max(500).default(50),
  /** Layers of attention. */
  blocks: z.int().min(1).max(8).default(2),
  /** Heads of attention. */
  heads: z.int().min(1).max(16).default(2),
  /** Share of what a layer knows that is hidden at random while it learns; sparse data want more. */
  dropout: z.number().min(0).lt(1).default(0.3),
  /** Windows a step. */
  batch: z.int().min(1).max(1_024).default(32),
  /** Highest learning rate. */
  rate: z.number().positive().max(1).default(0.002),
  /** Passes over the log; fewer where the time of the training has no room for another. */
  epochs: z.int().min(1).max(1_000).default(30),
});
export type TransformerOptions = z.output<typeof transformerOptions>;
