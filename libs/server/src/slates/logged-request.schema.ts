import { searchRequestSchema, slateRequestSchema, type JsonValue, type LoggedSlate } from '@attune/sdk';
import { z } from 'zod';

const page = z.strictObject({
  from: z.int().min(0).describe('Place of the first item shown, from 0.'),
  limit: z.int().min(1).max(200),
});

/** What a slate was asked with, as the slate log keeps it: what a replay asks again. */
export const loggedRequestSchema = z.discriminatedUnion('call', [
  z.strictObject({ call: z.literal('recommend'), requestId: z.string(), body: slateRequestSchema, page }),
  z.strictObject({ call: z.literal('search'), requestId: z.string(), body: searchRequestSchema, page }),
]);
export type LoggedRequest = z.output<typeof loggedRequestSchema>;

/** A request as the log's port takes it: schemas give plain JSON, save for members that are undefined. */
export const toLogged = (request: LoggedRequest): LoggedSlate['request'] =>
  request as unknown as Readonly<Record<string, JsonValue>>;

/** A slate of the log as it is answered. */
export const loggedSlateSchema = z
  .strictObject({
    slateId: z.string(),
    at: z.string().describe('The clock the slate was served with.'),
    surface: z.string(),
    userId: z.string().optional(),
    anonymousId: z.string().optional(),
    request: z.strictObject({
      call: z.enum(['recommend', 'search']),
      requestId: z.string(),
      body: z.record(z.string(), z.unknown()).describe('As it was sent, defaults filled in.'),
      page,
    }),
    digest: z.string().describe('Of the pipeline that made it.'),
    items: z.array(z.string()).describe('Ids shown, in order.'),
    scores: z.array(z.number()),
    propensities: z
      .array(z.number())
      .describe('Probability that the pipeline showed each item at its place; 1 where nothing was left to chance.'),
    total: z.int().describe('Candidates that passed every filter.'),
    sampled: z
      .array(z.strictObject({ id: z.string(), score: z.number() }))
      .describe('Up to 20 of those not shown, drawn with equal probability.'),
    degraded: z.array(z.string()),
  })
  .meta({ id: 'LoggedSlate' });
