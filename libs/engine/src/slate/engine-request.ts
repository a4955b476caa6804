import type { Predicate, Query } from '@attune/sdk';

/** A request as the engine takes it: validated, its clock set. */
export interface EngineRequest {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly userId?: string | undefined;
  readonly anonymousId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly itemIds: readonly string[];
  readonly query?: Query | undefined;
  readonly filter?: Predicate | undefined;
  readonly exclude: readonly string[];
  readonly seen: 'exclude' | 'include';
  readonly limit: number;
  readonly explain: boolean;
  readonly trace: boolean;
  readonly context: Readonly<Record<string, string | number | boolean>>;
  /** Language of reasons, BCP 47; default English. */
  readonly language?: string | undefined;
  /** 0..1, default 1. */
  readonly personalize?: number | undefined;
  /** Order everything that passed the filters, so that more pages can follow. Default: what the limit needs. */
  readonly paging?: boolean | undefined;
  /** An item to account for though nobody proposes it: it joins the candidates as proposed by `asked`. */
  readonly probe?: string | undefined;
}
