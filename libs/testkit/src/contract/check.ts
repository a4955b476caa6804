import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { ArtifactDraft, Behaviors, EmbedderInput, HostPorts, Kind, Need, Plugin } from '@attune/sdk';
import type { World } from '../worlds/world.js';

/** One thing that must hold: `run` rejects with a line that says what does not. */
export interface Check {
  readonly name: string;
  run(): Promise<void>;
}

export interface TrainerUse {
  readonly plugin: Plugin<'trainer'>;
  readonly config?: unknown;
}

/** What a plugin's contract needs beyond the plugin and its configuration. All of it has defaults. */
export interface ContractOptions {
  /** The shop it is tried in. Default: the checkerboard; give another where the plugin is silent there. */
  readonly world?: World;
  /** Ports to use instead of the fake host's. */
  readonly host?: Partial<HostPorts>;
  /** Artifacts by the name under which the plugin opens them. */
  readonly artifacts?: Readonly<Record<string, ArtifactDraft>>;
  /** Artifacts by name, trained on the world before the first check. */
  readonly trainers?: Readonly<Record<string, TrainerUse>>;
  /** Real milliseconds within which a call settles once its time is over. Default 1000. */
  readonly settleMs?: number;
  /** Largest difference, relative to max(1, |value|), at which two answers are the same. Default 0: bit-equal. */
  readonly tolerance?: number;
  /** Embedders: inputs to embed besides the hostile texts. Default: item texts and queries of the world. */
  readonly inputs?: readonly EmbedderInput[];
  /** Rankers: names of the columns. Default: what it `reads`, else `a`, `b` and `c`. */
  readonly columns?: readonly string[];
  /** Rankers: columns with a positive weight, in which more never ranks lower. */
  readonly monotone?: readonly string[];
  /** Trainers: array name → name of the id list whose rows it has. An array and a list of one name always agree. */
  readonly rows?: Readonly<Record<string, string>>;
}

/** A plugin that has been set up. */
export type RunningOf<K extends Kind> = Behaviors<Need, string>[K];

/** Real time is told in so many parts: a machine that stands still for long takes one of them, not all. */
const PARTS = 50;

/** Waits at most `ms` real milliseconds; resolves once `start`'s promise settles, either way. */
export async function settles(start: () => unknown, ms: number): Promise<void> {
  const over = new AbortController();
  const late = (async (): Promise<'late'> => {
    for (let part = 0; part < PARTS; part++) await pause(ms / PARTS, undefined, { signal: over.signal });
    return 'late';
  })();
  late.catch(() => undefined);
  const work = (async (): Promise<'settled'> => {
    try {
      await start();
    } catch {
      // To give up is one way to settle.
    }
    return 'settled';
  })();
  try {
    const outcome = await Promise.race([work, late]);
    assert.equal(
      outcome,
      'settled',
      `did not settle within ${ms} ms after its time was over: check call.deadline.signal between steps`,
    );
  } finally {
    over.abort();
  }
}

/** A copy to compare with: arrays, typed arrays, maps and plain objects in depth, without functions. */
export function snapshot(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  // The method of every typed array: a Buffer's own slice would share its memory.
  if (ArrayBuffer.isView(value)) return Uint8Array.prototype.slice.call(value);
  if (Array.isArray(value)) return value.map(snapshot);
  if (value instanceof Map)
    return new Map([...value].map(([key, inner]: [unknown, unknown]) => [key, snapshot(inner)]));
  const entries = Object.entries(value).filter(([, inner]) => typeof inner !== 'function');
  return Object.fromEntries(entries.map(([key, inner]) => [key, snapshot(inner)]));
}

/** Asserts that two answers are the same; numbers may differ by the tolerance, relative to max(1, |value|). */
export function assertSame(actual: unknown, expected: unknown, message: string, tolerance = 0): void {
  const at = difference(actual, expected, tolerance);
  assert.ok(at === undefined, `${message}${at === undefined ? '' : ` (differs at ${at})`}`);
}

/** Path of the first difference, undefined where there is none. */
export function difference(a: unknown, b: unknown, tolerance: number, path = 'answer'): string | undefined {
  if (typeof a === 'number' && typeof b === 'number') {
    if (Object.is(a, b) || a === b) return undefined;
    const near = Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));
    return near && Number.isFinite(a) ? undefined : `${path}: ${a}, not ${b}`;
  }
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') {
    return Object.is(a, b) ? undefined : `${path}: ${String(a)}, not ${String(b)}`;
  }
  const [left, right] = [entriesOf(a), entriesOf(b)];
  if (left.length !== right.length) return `${path}: ${left.length} members, not ${right.length}`;
  for (const [i, [key, value]] of left.entries()) {
    if (key !== right[i]![0]) return `${path}: member ${key}, not ${right[i]![0]}`;
    const found = difference(value, right[i]![1], tolerance, `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function entriesOf(value: object): readonly (readonly [string, unknown])[] {
  if (value instanceof Map) return [...value].map(([key, inner]: [unknown, unknown]) => [String(key), inner]);
  return Object.entries(value);
}
