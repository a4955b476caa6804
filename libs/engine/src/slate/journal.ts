import type { Clock, Degraded, Trace } from '@attune/sdk';
import type { Journal } from '../runtime/run-step.js';
import type { SlateObserver } from './serving.js';

type StageName = Trace['stages'][number]['stage'];

/** Writes down what happened to one batch, stage by stage. */
export class SlateJournal implements Journal {
  readonly degraded: Degraded[] = [];
  readonly notes: Trace['notes'][number][] = [];
  readonly stages: Trace['stages'][number][] = [];
  #plugins: { plugin: string; ms: number }[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly watched?: { readonly surface: string; readonly observer: SlateObserver | undefined },
  ) {}

  /** What happened so far, to be gone on with for one request of the batch. */
  fork(): SlateJournal {
    const fork = new SlateJournal(this.clock, this.watched);
    fork.degraded.push(...this.degraded);
    fork.notes.push(...this.notes);
    fork.stages.push(...this.stages);
    return fork;
  }

  /** Runs one stage and notes its time and how many candidates are left. */
  async stage<T>(stage: StageName, work: () => Promise<T>, left: (result: T) => number): Promise<T> {
    const startedAt = this.clock.monotonic();
    const result = await work();
    const ms = round(this.clock.monotonic() - startedAt);
    const timed = { stage, ms, candidates: left(result), plugins: this.#plugins };
    this.#plugins = [];
    this.stages.push(timed);
    this.watched?.observer?.stage(this.watched.surface, timed);
    return result;
  }

  degrade(plugin: string, code: string, detail?: string, ms?: number): void {
    if (this.degraded.some((one) => one.plugin === plugin && one.code === code)) return;
    this.watched?.observer?.degraded(this.watched.surface, plugin, code);
    this.degraded.push({
      plugin,
      code,
      ...(detail !== undefined && { detail }),
      ...(ms !== undefined && { ms: round(ms) }),
    });
  }

  note(plugin: string, code: string, detail?: string): void {
    this.notes.push({ plugin, code, ...(detail !== undefined && { detail }) });
  }

  time(plugin: string, ms: number): void {
    this.#plugins.push({ plugin, ms: round(ms) });
  }
}

/** To a thousandth of a millisecond. */
export const round = (ms: number): number => Math.round(ms * 1000) / 1000;
