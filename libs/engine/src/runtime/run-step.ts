import { DEGRADATION_TABLE, PortError, type Call, type Clock, type DegradationCode, type Degraded } from '@attune/sdk';
import { RequestDeadline } from './request-deadline.js';
import { isThenable } from './settle.js';
import type { Step } from './step.js';
import { TIMED_OUT, within } from './within.js';

/** What a request's stages write to besides candidates: who was left out, who had something to say, how long it took. */
export interface Journal {
  readonly degraded: readonly Pick<Degraded, 'plugin' | 'code'>[];
  degrade(plugin: string, code: string, detail?: string, ms?: number): void;
  note(plugin: string, code: string, detail?: string): void;
  time(plugin: string, ms: number): void;
}

/** Everything a stage needs to call a plugin. */
export interface StageRun {
  readonly tenant: string;
  readonly clock: Clock;
  readonly deadline: RequestDeadline;
  readonly journal: Journal;
  /** Names of tiers the degradation ladder has switched off. */
  readonly shed: ReadonlySet<string>;
}

interface Work<T> {
  readonly run: (call: Call) => T | PromiseLike<T>;
  /** Undefined where the answer keeps the contract, else what it broke. */
  readonly broken: (answer: T) => string | undefined;
  readonly neutral: () => T;
}

/** A miss counts against a plugin that had at least this share of its budget. */
const FAIR_SHARE = 0.5;
/**
 * What is never let go, neither by a busy server nor by one slow retriever: without filters nothing may be shown, without
 * a ranker nothing has an order. Where the request's time is over they still have this long.
 */
const KEPT: ReadonlySet<string> = new Set(['filter', 'ranker']);
const KEPT_MS = 20;

/**
 * Calls one plugin within its budget and the request's time. A miss (late, throwing, breaking its contract, resting)
 * is written to the journal and replaced by the neutral answer: it costs the slate that plugin only.
 * A promise race cannot stop synchronous code: see `isolate/`.
 */
export async function runStep<T>(step: Step, run: StageRun, work: Work<T>): Promise<T> {
  const refusal = refusalOf(step, run);
  if (refusal !== undefined) {
    run.journal.degrade(step.name, refusal.code, refusal.detail);
    return work.neutral();
  }
  const deadline = deadlineOf(step, run);
  const budgetMs = deadline.remainingMs();
  const voice = new StepVoice(step.name, run.journal);
  const call: Call = { tenant: run.tenant, deadline, degrade: voice.degrade, note: voice.note };
  const startedAt = run.clock.monotonic();
  const elapsed = (): number => run.clock.monotonic() - startedAt;
  const miss = (code: DegradationCode, detail: string): T => {
    // A plugin that had next to no time is not to blame: it does not come nearer to resting.
    if (code === 'PLUGIN_TIMEOUT' && budgetMs < step.hardMs * FAIR_SHARE) step.breaker.spared();
    else step.breaker.missed();
    run.journal.degrade(step.name, code, detail, elapsed());
    return work.neutral();
  };
  try {
    const pending = work.run(call);
    const answer = isThenable(pending) ? await within(Promise.resolve(pending), deadline, budgetMs) : pending;
    // On a busy machine an answer can come before the timer: one of a plugin that gave up is not one.
    if (answer === TIMED_OUT || deadline.toldOver)
      return miss('PLUGIN_TIMEOUT', `no answer within ${Math.round(budgetMs)} ms`);
    const broken = flawOf(answer as T, work);
    if (broken !== undefined) return miss('PLUGIN_BROKE_CONTRACT', broken);
    // Synchronous code cannot be stopped; one that overran is at least counted, and rests when it makes a habit of it.
    if (elapsed() > step.hardMs) step.breaker.missed();
    else step.breaker.succeeded();
    return answer as T;
  } catch (error) {
    // A port that gives a reason has its own circuit: the plugin is not to blame.
    if (error instanceof PortError && isDegradation(error.code)) {
      step.breaker.spared();
      run.journal.degrade(step.name, error.code, error.detail, elapsed());
      return work.neutral();
    }
    return miss('PLUGIN_FAILED', error instanceof Error ? error.message : String(error));
  } finally {
    voice.close();
    run.journal.time(step.name, elapsed());
  }
}

const isDegradation = (code: string): code is DegradationCode => Object.hasOwn(DEGRADATION_TABLE, code);

/** What an answer breaks; one that cannot even be looked at breaks the contract too. */
function flawOf<T>(answer: T, work: Work<T>): string | undefined {
  try {
    return work.broken(answer);
  } catch (error) {
    return `an answer of another shape: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** The plugin's own budget within the request's time. */
function deadlineOf(step: Step, { clock, deadline }: StageRun): RequestDeadline {
  if (!KEPT.has(step.plugin.kind)) return new RequestDeadline(clock, step.hardMs, deadline);
  return new RequestDeadline(clock, Math.min(step.hardMs, Math.max(deadline.remainingMs(), KEPT_MS)));
}

/** A plugin's say in the journal while it is being called; what it says afterwards reaches no slate. */
class StepVoice {
  #open = true;

  constructor(
    private readonly plugin: string,
    private readonly journal: Journal,
  ) {}

  readonly degrade = (code: string, detail?: string): void => {
    if (this.#open) this.journal.degrade(this.plugin, code, detail);
  };
  readonly note = (code: string, detail?: string): void => {
    if (this.#open) this.journal.note(this.plugin, code, detail);
  };

  close(): void {
    this.#open = false;
  }
}

/** Why a plugin is not even started, if it is not. */
function refusalOf(
  step: Step,
  run: StageRun,
): { readonly code: DegradationCode; readonly detail?: string } | undefined {
  if (step.waitingFor !== undefined) return step.waitingFor;
  const kept = KEPT.has(step.plugin.kind);
  if (!kept && run.shed.has(step.plugin.traits.tier)) return { code: 'LOAD_SHED' };
  if (!kept && run.deadline.remainingMs() <= 0) return { code: 'DEADLINE_EXCEEDED' };
  if (!step.breaker.admits()) return { code: 'PLUGIN_CIRCUIT_OPEN' };
  return undefined;
}
