import type { EngineRequest } from '@attune/engine';
import type { CandidateTrace, Item } from '@attune/sdk';
import type { WhyAnswer } from '../../../../slates/why.schema.js';

/** One item's way through the pipeline, with what it is compared to. */
export interface Way {
  readonly itemId: string;
  readonly surface: string;
  readonly request: EngineRequest;
  /** Undefined where the catalogue does not have it. */
  readonly item: Item | undefined;
  readonly own: CandidateTrace | undefined;
  readonly candidates: readonly CandidateTrace[];
  /** What passed every filter, best score first. */
  readonly survivors: readonly CandidateTrace[];
  /** The last item shown. */
  readonly cutoff: CandidateTrace | undefined;
  /** Whether nobody proposed the item, and it joined the candidates because it was asked about. */
  readonly isProbed: boolean;
}

/** Where it fell and why, in words. */
export type Verdict = Pick<WhyAnswer, 'stage' | 'explanation' | 'wouldHelp'> & Partial<Pick<WhyAnswer, 'rank' | 'by'>>;

/** A number as a sentence has it: three digits. */
export const say = (value: number): string => String(Number(value.toPrecision(3)));

/** Anything from outside as a sentence has it: at most 100 characters. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}
