import { z } from 'zod';

const contributions = z.record(z.string(), z.number()).describe('Added in order they give the score.');

/** Where an item's way to a slate ended, and why. */
export const whyAnswerSchema = z
  .strictObject({
    itemId: z.string(),
    shown: z.boolean(),
    stage: z
      .enum(['catalogue', 'retrieve', 'filter', 'rank', 'rerank', 'shown'])
      .describe('Where it fell: no such item, proposed by nobody, removed, ranked or moved below the cut.'),
    rank: z
      .int()
      .optional()
      .describe(
        'Its place by score from 1, in the slate where it is shown; the one it would have where nobody proposed it.',
      ),
    of: z.int().describe('Candidates that passed every filter.'),
    by: z.string().optional().describe('The filter, the re-ranker, or the part of the score that decided.'),
    explanation: z.string().describe('One sentence.'),
    wouldHelp: z.array(z.string()).describe('What would have let it in, a sentence each.'),
    score: z.number().optional(),
    contributions: contributions.optional(),
    cutoff: z
      .strictObject({ itemId: z.string(), score: z.number(), contributions })
      .optional()
      .describe('The last item shown.'),
    retrievers: z.array(
      z.strictObject({
        name: z.string(),
        limit: z.int(),
        proposed: z.int().describe('Items it proposed.'),
        position: z.int().optional().describe('Place of this item in its list, from 1.'),
      }),
    ),
  })
  .meta({ id: 'Why' });
export type WhyAnswer = z.output<typeof whyAnswerSchema>;
