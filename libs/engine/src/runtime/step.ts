import type { Behaviors, Breaker, DegradationCode, Kind, Need, Plugin } from '@attune/sdk';

export type RunningOf<K extends Kind> = Behaviors<Need, string>[K];

/** One plugin at one place of a pipeline, ready to be called. */
export interface Step<K extends Kind = Kind> {
  /** Name in traces, `degraded` and columns. */
  readonly name: string;
  readonly plugin: Plugin<K>;
  readonly hardMs: number;
  readonly breaker: Breaker;
  /** Hash of id, version, config and the digests of the artifacts it opened. */
  readonly digest: string;
  /** Undefined while it waits for something, then `waitingFor` says what. */
  readonly running: RunningOf<K> | undefined;
  readonly waitingFor: { readonly code: DegradationCode; readonly detail: string } | undefined;
}
