import type { Call, Deadline, GraphPort, TrainingRun } from '@attune/sdk';
import { seeded } from '../worlds/seeded.js';
import { NO_GRAPHS } from './no-graphs.js';

/** Something a plugin said by `degrade` or `note`. */
export interface Said {
  readonly code: string;
  readonly detail: string | undefined;
}

/** A call that remembers what the plugin said. */
export interface FakeCall extends Call {
  readonly degraded: readonly Said[];
  readonly notes: readonly Said[];
}

export interface FakeCallOptions {
  /** Default 1000. */
  readonly remainingMs?: number;
  /** Default: never aborts. */
  readonly signal?: AbortSignal;
  /** Instead of the two above: for example a `ManualClock`'s. */
  readonly deadline?: Deadline;
  /** Default `default`. */
  readonly tenant?: string;
}

/** A call with all the time it needs, unless told otherwise. */
export function fakeCall(options: FakeCallOptions = {}): FakeCall {
  const degraded: Said[] = [];
  const notes: Said[] = [];
  return {
    tenant: options.tenant ?? 'default',
    deadline: deadlineOf(options),
    degrade: (code, detail) => void degraded.push({ code, detail }),
    note: (code, detail) => void notes.push({ code, detail }),
    degraded,
    notes,
  };
}

/** A call whose time is over: aborted signal, 0 ms left. */
export const lateCall = (): FakeCall => fakeCall({ remainingMs: 0, signal: AbortSignal.abort() });

/** A training run that remembers its progress. */
export interface FakeRun extends TrainingRun {
  readonly steps: readonly { readonly done: number; readonly total: number }[];
}

export interface FakeRunOptions extends FakeCallOptions {
  readonly seed?: string;
  /** Default: refuses to open any. */
  readonly graphs?: GraphPort;
}

/** A training run; its chance starts anew from `seed`. */
export function fakeRun(options: FakeRunOptions = {}): FakeRun {
  const steps: { done: number; total: number }[] = [];
  return {
    deadline: deadlineOf(options),
    progress: (done, total) => void steps.push({ done, total }),
    random: seeded(options.seed ?? 'training run'),
    graphs: options.graphs ?? NO_GRAPHS,
    steps,
  };
}

function deadlineOf({ deadline, signal, remainingMs = 1000 }: FakeCallOptions): Deadline {
  if (deadline !== undefined) return deadline;
  const open = signal ?? new AbortController().signal;
  return { signal: open, remainingMs: () => (open.aborted ? 0 : remainingMs) };
}
