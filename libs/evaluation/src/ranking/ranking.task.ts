import type { PurchaseLog, Sequences, Shopper } from '@attune/algorithms';

/** Somebody to rank for. */
export interface Asker {
  /** Rows of their items so far, oldest first. */
  readonly history: Int32Array;
  /** Rows that are not ranked. Default: the history. */
  readonly excluded?: Int32Array;
  /** Who asks and when, where the protocol knows moments. */
  readonly shopper?: Shopper;
}

/** One question put to a model: who asks, and what should be found. */
export interface RankingCase extends Asker {
  readonly wanted: Int32Array;
}

/** What a protocol that ranks the whole catalogue makes of a file. */
export interface RankingTask {
  readonly itemIds: readonly string[];
  readonly ordered: boolean;
  /** What models learn from, for validation and, where there is no `testLog`, for the test. */
  readonly log: Sequences;
  /** What models learn from anew before they are asked the test, with the options that validation chose. */
  readonly testLog?: Sequences;
  /** What was bought when, by everybody; undefined in a protocol without moments. */
  readonly purchases?: PurchaseLog;
  /** Whether what somebody has is ranked, too. Default false. */
  readonly repeats?: boolean;
  readonly validation: readonly RankingCase[];
  readonly test: readonly RankingCase[];
  /** The metric that validation chooses by, and the others that are told, as `FullRanking` names them. */
  readonly chosenBy: string;
  readonly told: readonly string[];
  /** Everything there is, to learn from and to predict what follows; undefined where a protocol has no predictions. */
  readonly whole?: { readonly log: Sequences; readonly askers: readonly NamedAsker[] };
  /** What was left out, for a person to read. */
  readonly notes: readonly string[];
}

/** Somebody whom predictions are for. */
export interface NamedAsker extends Asker {
  readonly id: string;
}

/** A way to hold out and to ask. */
export interface RankingProtocol {
  /** Whether histories are in order. */
  readonly ordered: boolean;
  /** Whether it knows when things happened. Default false. */
  readonly timed?: boolean;
  /** Throws DataFileError. */
  open(files: readonly string[]): Promise<RankingTask>;
}
