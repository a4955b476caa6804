import type { LlmContinuation } from '@attune/sdk';
import { type ModelLikelihoods, ModelError } from '../language-model.js';
import { type ContinuationTokens, continuationTokens } from './continuation-tokens.js';
import { BATCH_TOKENS, feed } from './feed.js';
import { freeNativeMemory } from './native-memory.js';
import type { LlamaInput, LlamaModel, LlamaNext, LlamaSequence } from './llama-package.js';

/** A sequence for short texts: what it has read last is not read again when it is asked for with another continuation. */
export interface Lane {
  readonly sequence: LlamaSequence;
  held: readonly number[];
}

export interface LikelihoodParts {
  readonly model: LlamaModel;
  /** The one used longest ago first; kept so here. */
  readonly lanes: Lane[];
  /** Tokens that a lane holds. */
  readonly laneTokens: number;
  /** For what is longer. */
  readonly long: () => Promise<LlamaSequence>;
  readonly contextTokens: number;
}

interface Pair extends ContinuationTokens {
  readonly row: number;
}

/** Mean log-probabilities of continuations. What repeats, a title with one query after another, is read once and kept. */
export async function likelihoods(
  parts: LikelihoodParts,
  continuations: readonly LlmContinuation[],
  signal: AbortSignal,
): Promise<ModelLikelihoods> {
  const pairs = continuations.map((one, row) => ({ row, ...continuationTokens(parts.model, one) }));
  const longest = pairs.reduce((most, { tokens }) => Math.max(most, tokens.length), 0);
  if (longest > parts.contextTokens) throw tooLong(longest, parts.contextTokens);
  const logProbabilities = new Float32Array(pairs.length);
  const score = async (sequence: LlamaSequence, pair: Pair): Promise<void> => {
    logProbabilities[pair.row] = await meanLogProbability(sequence, pair, signal);
  };
  const short = pairs.filter(({ tokens }) => tokens.length <= parts.laneTokens);
  // Those that a lane has read before come first: what is new takes the lanes used longest ago.
  const warm = new Set(short.filter((pair) => parts.lanes.some((lane) => holds(lane, pair))));
  let left = [...warm, ...short.filter((pair) => !warm.has(pair))];
  while (left.length > 0) {
    signal.throwIfAborted();
    const round = pickRound(parts.lanes, left);
    const ends = await Promise.allSettled([...round].map(([pair, { sequence }]) => score(sequence, pair)));
    await freeNativeMemory(round.size);
    // Not before all have ended: the next job would meet them in their lanes.
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
    left = left.filter((pair) => !round.has(pair));
  }
  for (const pair of pairs.filter(({ tokens }) => tokens.length > parts.laneTokens)) {
    await score(await parts.long(), pair);
    await freeNativeMemory(1);
  }
  return { logProbabilities, usage: { input: pairs.reduce((sum, { tokens }) => sum + tokens.length, 0), output: 0 } };
}

/** Pairs for one batch, each with a lane; one of a text, so that the next one with it finds it read. */
function pickRound(lanes: Lane[], left: readonly Pair[]): Map<Pair, Lane> {
  const round = new Map<Pair, Lane>();
  let room = BATCH_TOKENS;
  for (const pair of left) {
    if (room <= 0) break;
    if ([...round.keys()].some((other) => sameGiven(other, pair))) continue;
    const taken = new Set(round.values());
    const free = lanes.filter((lane) => !taken.has(lane));
    const lane = free.find((one) => holds(one, pair)) ?? free[0];
    if (lane === undefined) break;
    room -= holds(lane, pair) ? pair.tokens.length - pair.from : pair.tokens.length;
    lane.held = pair.tokens;
    round.set(pair, lane);
  }
  const used = new Set(round.values());
  lanes.sort((a, b) => Number(used.has(a)) - Number(used.has(b)));
  return round;
}

function holds({ held }: Lane, { tokens, from }: Pair): boolean {
  return held.length >= from && startsAlike(held, tokens, from);
}

function sameGiven(a: Pair, b: Pair): boolean {
  return a.from === b.from && startsAlike(a.tokens, b.tokens, a.from);
}

function startsAlike(a: readonly number[], b: readonly number[], length: number): boolean {
  // From the end: texts of one prompt begin alike.
  for (let i = length - 1; i >= 0; i--) if (a[i] !== b[i]) return false;
  return true;
}

async function meanLogProbability(
  sequence: LlamaSequence,
  { tokens, from }: ContinuationTokens,
  signal: AbortSignal,
): Promise<number> {
  // The last token of `given` tells what may come after it, and is read again for that.
  await feed(sequence, tokens.slice(0, from - 1), signal, BATCH_TOKENS);
  const begin = sequence.nextTokenIndex;
  const input = tokens
    .slice(begin, -1)
    .map((token, i) => withNext(token, begin + i < from - 1 ? undefined : tokens[begin + i + 1]));
  const answers = await sequence.controlledEvaluate(input);
  const asked = tokens.slice(from);
  const sum = asked.reduce((all, token, i) => all + logProbability(answers[from - 1 - begin + i]?.next, token), 0);
  return Math.min(0, sum / asked.length);
}

/** A token to read, and which one comes next where that matters. */
function withNext(token: number, next: number | undefined): LlamaInput {
  if (next === undefined) return token;
  const filter = { tokens: [next], includeSelected: true } as const;
  return [token, { generateNext: { logits: { filter }, totalLogitWeight: true } }];
}

/** By the highest logit and the sum over all: a list of all 50,000 would take as long as a dozen tokens. */
function logProbability({ logits, totalLogitWeight }: LlamaNext = {}, token = -1): number {
  const logit = logits?.get(token);
  if (logits === undefined || logit === undefined || totalLogitWeight === undefined) {
    throw new ModelError('unusable', 'the model gave no probabilities');
  }
  return logit - Math.max(...logits.values()) - Math.log(totalLogitWeight);
}

export function tooLong(tokens: number, contextTokens: number, answer = 0): ModelError {
  const wanted = answer > 0 ? `${tokens} tokens and room for ${answer} of the answer` : `${tokens} tokens`;
  const message = `the prompt needs ${wanted}, the context has ${contextTokens}: shorten it, or raise contextTokens`;
  return new ModelError('refused', message);
}
