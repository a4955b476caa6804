import type { Call, EventColumns } from '@attune/sdk';
import { z } from 'zod';

/** Which language models a step asks, and when. */
export const askingOptions = {
  /** Models it is for: behind an address (`service`), run by the server (`local`), or `any`. */
  runs: z.enum(['service', 'local', 'any']).default('any'),
  /**
   * Most events of the person, 0..100,000: whoever has more is known to trained models, which language models lose to.
   */
  maxHistory: z.int().min(0).max(100_000).default(50),
  /**
   * Largest lead of the best candidate over the second, as a share of the spread of the scores within the pool, 0..1: a ranking
   * that is so sure is left alone.
   */
  maxLead: z.number().min(0).max(1).default(0.5),
  /** Milliseconds that must be left, 0..60,000. */
  minRemainingMs: z.int().min(0).max(60_000).default(10),
};
type GateOptions = { readonly [K in Exclude<keyof typeof askingOptions, 'runs'>]: number };

/** What the gate looks at. */
export interface Asked {
  readonly history: EventColumns;
  /** Scores of the pool, descending. */
  readonly scores: Float64Array;
}

/** Whether asking is worth it; where not, the trace says why (`LLM_GATED`). */
export function worthAsking({ history, scores }: Asked, options: GateOptions, call: Call): boolean {
  const why = reasonAgainst({ history, scores }, options, call);
  if (why !== undefined) call.note('LLM_GATED', why);
  return why === undefined;
}

/** Whether there is time to ask; where not, the trace says so. */
export function hasTime({ minRemainingMs }: Pick<GateOptions, 'minRemainingMs'>, call: Call): boolean {
  const why = tooLate(minRemainingMs, call);
  if (why !== undefined) call.note('LLM_GATED', why);
  return why === undefined;
}

function reasonAgainst({ history, scores }: Asked, options: GateOptions, call: Call): string | undefined {
  const { maxHistory, maxLead, minRemainingMs } = options;
  if (scores.length < 2) return 'fewer than two candidates';
  if (history.size > maxHistory) return `the person has ${history.size} events, more than ${maxHistory}`;
  const lead = leadOf(scores);
  if (lead > maxLead) return `the best leads by ${lead.toFixed(2)} of the spread, more than ${maxLead}`;
  return tooLate(minRemainingMs, call);
}

function tooLate(minRemainingMs: number, { deadline }: Call): string | undefined {
  const leftMs = deadline.remainingMs();
  return leftMs < minRemainingMs ? `${Math.round(leftMs)} ms are left, fewer than ${minRemainingMs}` : undefined;
}

/** 0 where all are equal. Two alone have no spread to compare a lead with. */
function leadOf(scores: Float64Array): number {
  const spread = scores[0]! - scores[scores.length - 1]!;
  return scores.length === 2 || !(spread > 0) ? 0 : (scores[0]! - scores[1]!) / spread;
}
