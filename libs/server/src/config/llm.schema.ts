import { z } from 'zod';

const limit = z.number().min(0).optional();

const budget = z.strictObject({
  tokensPerCall: limit.describe('Most tokens of one call, read and written. Default 16,000.'),
  moneyPerCall: limit.describe('Most money of one call.'),
  tokensPerDay: limit.describe('Most tokens of a day in UTC; 0: nothing is asked. Default: no limit.'),
  moneyPerDay: limit.describe('Most money of a day in UTC. Default: no limit.'),
});

/** A call that is larger than this is a mistake. */
const TOKENS_PER_CALL = 16_000;

/** `llm` of `attune.config.yaml`. The model itself is named in the environment. */
export const llmSchema = z
  .strictObject({
    timeoutMs: z
      .int()
      .min(1)
      .max(600_000)
      .default(30_000)
      .describe('Milliseconds of one call with its retries; slates wait no longer than their own budget.'),
    concurrency: z
      .int()
      .min(1)
      .max(256)
      .optional()
      .describe('Calls at a time; default 4, and 1 with a local model, which answers one after the other.'),
    waiting: z.int().min(0).max(10_000).default(64).describe('Calls that may wait their turn; more are refused.'),
    requestsPerMinute: z.number().positive().optional().describe('Default: no limit.'),
    tokensPerMinute: z.number().positive().optional().describe('Default: no limit.'),
    prices: z
      .strictObject({
        input: z.number().min(0).default(0).describe('Of a million tokens read.'),
        output: z.number().min(0).default(0).describe('Of a million tokens written.'),
      })
      .default({ input: 0, output: 0 })
      .describe('What the model costs, in any currency: what money limits and metrics are reckoned in.'),
    cache: z
      .strictObject({
        entries: z.int().min(1).max(1_000_000).default(20_000).describe('Answers kept in memory, of each tenant.'),
        hours: z
          .number()
          .positive()
          .max(24 * 365)
          .default(24)
          .describe('How long.'),
      })
      .default({ entries: 20_000, hours: 24 })
      .describe('Answers to equal asks.'),
    log: z
      .strictObject({
        enabled: z.boolean().default(true).describe('Whether what is sent is written down.'),
        retentionDays: z.int().min(1).max(3650).default(30).describe('Days a call is kept.'),
      })
      .default({ enabled: true, retentionDays: 30 })
      .describe('What was sent, to which model, for whom.'),
    blocked: z
      .array(z.string().trim().min(1).max(100))
      .max(1000)
      .default([])
      .describe('Words and phrases that no text written for shoppers may have.'),
    budget: budget.default({ tokensPerCall: TOKENS_PER_CALL }).describe('What each tenant may spend.'),
    tenants: z.record(z.string(), budget).default({}).describe('Budgets of tenants that have their own.'),
  })
  .prefault({})
  .describe('What language models may cost.');
