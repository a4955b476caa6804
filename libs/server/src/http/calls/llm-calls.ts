import { z } from 'zod';
import type { Platform, TenantPlatform } from '../../platform/tenant-platform.js';

export const llmCallsQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  prompt: z
    .string()
    .min(1)
    .max(128)
    .optional()
    .describe('Only those of a prompt, with its version: `listwise@1`. Default: all.'),
});

const tokens = z.strictObject({ input: z.number().describe('Read.'), output: z.number().describe('Written.') });

export const llmCallsAnswerSchema = z
  .strictObject({
    today: z
      .strictObject({ day: z.string(), tokens: z.number(), money: z.number() })
      .describe('What the day, in UTC, has cost by now, by the prices of the configuration.'),
    calls: z
      .array(
        z.strictObject({
          id: z.string(),
          at: z.string(),
          prompt: z.string(),
          model: z.string(),
          outcome: z.string().describe('`answered`, or the code of why there was no answer.'),
          tokens,
          cost: z.number(),
          ms: z.number(),
          userId: z.string().optional().describe('Whose request it was; not sent.'),
          sent: z
            .array(z.strictObject({ role: z.string(), content: z.string() }))
            .describe('Exactly what left the process.'),
        }),
      )
      .describe('The newest first.'),
  })
  .meta({ id: 'LlmCalls' });
export type LlmCallsAnswer = z.output<typeof llmCallsAnswerSchema>;

/** What was sent to the language model, and what the day has cost. */
export async function llmCallsOf(
  { limit, prompt }: z.output<typeof llmCallsQuerySchema>,
  { stores }: TenantPlatform,
  { clock }: Pick<Platform, 'clock'>,
): Promise<LlmCallsAnswer> {
  const day = new Date(clock.now()).toISOString().slice(0, 10);
  const [calls, spent] = await Promise.all([stores.llmCalls.recent(limit, prompt), stores.spending.spent(day)]);
  return {
    today: { day, ...spent },
    calls: calls.map(({ sent, ...call }) => ({ ...call, sent: [...sent] })),
  };
}
