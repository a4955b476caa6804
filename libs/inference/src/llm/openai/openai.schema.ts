import { z } from 'zod';

/** What an endpoint says of the tokens it used: believed where it can be true. */
const usage = z.unknown().optional();

const choice = z.object({
  message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
});

/** `/chat/completions` in one piece; choices beyond the first were not asked for. */
export const chatSchema = z.object({ choices: z.tuple([choice]).rest(z.unknown()), usage });

const change = z.object({
  delta: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }).nullish(),
  finish_reason: z.string().nullish(),
});

/** One event of a stream of `/chat/completions`. */
export const chatEventSchema = z.object({ choices: z.array(change).nullish(), usage, error: z.unknown().optional() });

const completion = z.object({ index: z.int().min(0), text: z.string(), logprobs: z.unknown().optional() });

/** `/completions`. */
export const completionSchema = z.object({ choices: z.array(completion), usage });

/** The log-probabilities of a completion, when there are any; offsets count Unicode characters. */
export const logProbabilitiesSchema = z
  .object({
    tokens: z.array(z.string()).min(1),
    token_logprobs: z.array(z.number().nullable()),
    text_offset: z.array(z.int().min(0)),
  })
  .refine(
    ({ tokens, token_logprobs, text_offset }) =>
      token_logprobs.length === tokens.length &&
      text_offset.length === tokens.length &&
      text_offset.every((offset, i) => i === 0 || offset >= text_offset[i - 1]!),
    'lists of one length, with offsets that grow',
  );

export type LogProbabilities = z.infer<typeof logProbabilitiesSchema>;

/** `/embeddings`. */
export const embeddingSchema = z.object({
  data: z.array(z.object({ index: z.int().min(0), embedding: z.array(z.number()).min(1) })),
  usage,
});

/** `/rerank`, as Cohere, Jina and vLLM have it. */
export const rerankSchema = z.object({
  results: z.array(z.object({ index: z.int().min(0), relevance_score: z.number() })),
  usage,
});
