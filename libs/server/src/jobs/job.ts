import { z } from 'zod';

export const jobRequestSchema = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('train'),
      use: z
        .array(z.string().min(1))
        .min(1)
        .max(32)
        .optional()
        .describe('Trainers to run; default all that are configured.'),
    }),
    z.strictObject({ type: z.literal('embed') }),
  ])
  .meta({ id: 'JobRequest' });
export type JobRequest = z.output<typeof jobRequestSchema>;

export const jobSchema = z
  .strictObject({
    id: z.string(),
    type: z.enum(['train', 'embed']),
    state: z.enum(['waiting', 'active', 'completed', 'failed', 'canceled']),
    progress: z.strictObject({ done: z.number(), total: z.number() }),
    counts: z.strictObject({ ok: z.int(), failed: z.int() }),
    createdAt: z.string(),
    finishedAt: z.string().optional(),
    error: z.string().optional(),
  })
  .meta({ id: 'Job' });
export type Job = z.output<typeof jobSchema>;

/** Parts of a job done, and how each ended. */
export interface JobOutcome {
  readonly ok: number;
  readonly failed: number;
  /** One line a part that failed. */
  readonly errors: readonly string[];
}
/** Does the work of a job. */
export type JobWork = (job: {
  readonly id: string;
  readonly request: JobRequest;
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
}) => Promise<JobOutcome>;
