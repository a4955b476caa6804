import { z } from 'zod';
import type { LlmFault } from './llm-faults.js';
import { tokensOf, type LlmScripts } from './llm-scripts.js';

/** What is sent back: a body in one piece, or events of which the first `opening` hold no text. */
export type LlmReply =
  | { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }
  | { readonly events: readonly string[]; readonly opening: number };

/** What an endpoint answers from. */
export interface Answering {
  readonly model: string;
  readonly scripts: Required<LlmScripts>;
  readonly fault: LlmFault | undefined;
}

type Endpoint = (body: unknown, answering: Answering) => LlmReply;

const message = z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() });
const chatBody = z.looseObject({
  messages: z.array(message).min(1),
  stream: z.boolean().default(false),
  stream_options: z.object({ include_usage: z.boolean().default(false) }).optional(),
});
const completionBody = z.looseObject({
  prompt: z.union([z.string().transform((one) => [one]), z.array(z.string()).min(1)]),
  max_tokens: z.int().min(0).default(16),
  echo: z.boolean().default(false),
  logprobs: z.int().min(0).max(5).nullish(),
});
const embeddingBody = z.looseObject({
  input: z.union([z.string().transform((one) => [one]), z.array(z.string()).min(1)]),
});
const rerankBody = z.looseObject({
  query: z.string(),
  documents: z.array(z.string()).min(1),
  top_n: z.int().min(1).optional(),
});

/** Numbers of what is not there: beyond the end, below the start, and one twice. */
const WRONG = [999, 0, -1, 2, 2];

/** An error in the API's shape. */
export const failed = (status: number, text: string, code: string | null = null): LlmReply => ({
  status,
  body: { error: { message: text, type: status < 500 ? 'invalid_request_error' : 'server_error', param: null, code } },
});

/** Parses the body, or answers what is wrong with it. */
const reading =
  <T>(schema: z.ZodType<T>, answer: (body: T, answering: Answering) => LlmReply): Endpoint =>
  (body, answering) => {
    const parsed = schema.safeParse(body);
    if (parsed.success) return answer(parsed.data, answering);
    return failed(400, parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
  };

const chat = reading(chatBody, (body, answering) => {
  const said = answering.scripts.answer(body.messages, body);
  const content = spoiled(typeof said === 'string' ? said : JSON.stringify(said), answering.fault);
  const usage = usageOf(body.messages.flatMap(({ content: text }) => tokensOf(text)).length, tokensOf(content).length);
  const envelope = { id: 'scripted', created: 0, model: answering.model };
  if (body.stream) {
    const tail = body.stream_options?.include_usage === true ? [{ choices: [], ...usedBy(usage, answering) }] : [];
    return eventsOf(content, { ...envelope, object: 'chat.completion.chunk' }, tail);
  }
  const choice = { index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' };
  const reply = { ...envelope, object: 'chat.completion', choices: [choice], ...usedBy(usage, answering) };
  return { status: 200, body: reply };
});

function eventsOf(content: string, envelope: object, tail: readonly object[]): LlmReply {
  const chunk = (delta: object, finish: string | null): object => ({
    ...envelope,
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
  const chunks = [
    chunk({ role: 'assistant', content: '' }, null),
    ...tokensOf(content).map((token) => chunk({ content: token }, null)),
    chunk({}, 'stop'),
    ...tail.map((last) => ({ ...envelope, ...last })),
  ];
  return { events: [...chunks.map((one) => JSON.stringify(one)), '[DONE]'], opening: 1 };
}

const completions = reading(completionBody, ({ prompt, max_tokens: most, echo, logprobs }, answering) => {
  const written = most > 0 ? ' end' : '';
  const choices = prompt.map((text, index) => {
    const tokens = [...(echo ? tokensOf(text) : []), ...tokensOf(written)];
    const asked = logprobs != null && { logprobs: probabilitiesOf(tokens, answering.scripts) };
    return { index, text: `${echo ? text : ''}${written}`, finish_reason: 'length', ...asked };
  });
  const usage = usageOf(prompt.flatMap(tokensOf).length, prompt.length * tokensOf(written).length);
  const body = { id: 'scripted', object: 'text_completion', created: 0, model: answering.model, choices };
  return padded({ ...body, ...usedBy(usage, answering) }, answering);
});

/** As servers tell them: nothing of the first token, and offsets that count Unicode characters. */
function probabilitiesOf(tokens: readonly string[], { likelihood }: Required<LlmScripts>): object {
  let offset = 0;
  return {
    tokens,
    token_logprobs: tokens.map((_, at) => (at === 0 ? null : likelihood(tokens, at))),
    text_offset: tokens.map((token) => (offset += [...token].length) - [...token].length),
    top_logprobs: null,
  };
}

const embeddings = reading(embeddingBody, ({ input }, answering) => {
  const data = input.map((text, index) => {
    return { object: 'embedding', index, embedding: Array.from(answering.scripts.embed(text)) };
  });
  const { prompt_tokens, total_tokens } = usageOf(input.flatMap(tokensOf).length, 0);
  const body = { object: 'list', data, model: answering.model };
  return padded({ ...body, ...usedBy({ prompt_tokens, total_tokens }, answering) }, answering);
});

const rerank = reading(rerankBody, ({ query, documents, top_n: most }, answering) => {
  const scores = Array.from(answering.scripts.rerank(query, documents));
  const best = scores.map((relevance_score, index) => ({ index, relevance_score }));
  best.sort((a, b) => b.relevance_score - a.relevance_score);
  const wrong = answering.fault?.kind === 'wrongIds';
  const results = best.slice(0, most).map((one, i) => (wrong ? { ...one, index: WRONG[i % WRONG.length] } : one));
  return padded({ id: 'scripted', model: answering.model, results }, answering);
});

const models: Endpoint = (_, { model }) => ({
  status: 200,
  body: { object: 'list', data: [{ id: model, object: 'model', created: 0, owned_by: 'script' }] },
});

/** Each endpoint, by method and path. */
export const LLM_ENDPOINTS: ReadonlyMap<string, Endpoint> = new Map([
  ['POST /v1/chat/completions', chat],
  ['POST /v1/completions', completions],
  ['POST /v1/embeddings', embeddings],
  ['POST /v1/rerank', rerank],
  ['GET /v1/models', models],
]);

const usageOf = (read: number, written: number) => ({
  prompt_tokens: read,
  completion_tokens: written,
  total_tokens: read + written,
});

const usedBy = (usage: object, { fault }: Answering): object => (fault?.kind === 'noUsage' ? {} : { usage });

const padded = (body: object, { fault }: Answering): LlmReply => ({
  status: 200,
  body: fault?.kind === 'huge' ? { ...body, padding: 'x'.repeat(fault.bytes) } : body,
});

/** The text of an answer as a fault leaves it. */
function spoiled(content: string, fault: LlmFault | undefined): string {
  if (fault?.kind === 'notJson') return 'Sure! Here is what you asked for: {"order": [1,';
  if (fault?.kind === 'huge') return 'x'.repeat(fault.bytes);
  return fault?.kind === 'wrongIds' ? JSON.stringify(withWrongIds(jsonOf(content))) : content;
}

function jsonOf(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return { order: [] };
  }
}

/** A value of the same shape whose numbers and listed texts name nothing that exists. */
function withWrongIds(value: unknown): unknown {
  if (typeof value === 'number') return WRONG[0];
  if (Array.isArray(value)) {
    if (value.every((one) => typeof one === 'number')) return WRONG;
    return value.map((one) => (typeof one === 'string' ? 'no-such-id' : withWrongIds(one)));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withWrongIds(one)]));
}
