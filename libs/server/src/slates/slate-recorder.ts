import { seededRandom, type ServedSlate } from '@attune/engine';
import type { LoggedSlate, SlateAnswer, SlateLog } from '@attune/sdk';
import { toLogged, type LoggedRequest } from './logged-request.schema.js';

/** A slate that was answered, and what it was made of. */
export interface ShownSlate {
  readonly request: LoggedRequest;
  /** The clock it was served with, epoch milliseconds. */
  readonly now: number;
  readonly answer: Pick<SlateAnswer, 'slateId' | 'surface' | 'pipeline' | 'items' | 'degraded'>;
  readonly served: Pick<ServedSlate, 'total' | 'passed'>;
}

/** Candidates not shown that are logged with a slate. */
const SAMPLED = 20;

/** Writes down what was shown, once its answer is on its way. */
export class SlateRecorder {
  #waiting = 0;

  /** `told`: whoever wants to know of each slate logged. */
  constructor(
    private readonly log: SlateLog,
    private readonly told: (slate: LoggedSlate) => void,
    private readonly warn: (line: string) => void,
  ) {}

  /**
   * Logs a slate after the answer: on the next turn of the event loop. A slate asked as of some other moment was shown
   * to nobody (a replay, an offline run) and is left out.
   */
  record(shown: ShownSlate): void {
    if (shown.request.body.at !== undefined) return;
    this.#waiting += 1;
    setImmediate(() => {
      this.#waiting -= 1;
      // Nobody waits for this any more: a failure must not become the process's.
      try {
        const slate = loggedSlate(shown);
        this.log.record(slate);
        this.told(slate);
      } catch (error) {
        this.warn(`a slate was not logged: ${error instanceof Error ? error.message : String(error)}`);
      }
    });
  }

  /** Resolves when every slate answered so far is in the log. */
  async settled(): Promise<void> {
    while (this.#waiting > 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

function loggedSlate({ request, now, answer, served }: ShownSlate): LoggedSlate {
  const { userId, anonymousId } = request.body;
  const { slateId, surface, pipeline, items, degraded } = answer;
  const shown = items.map(({ id }) => id);
  return {
    slateId,
    at: new Date(now).toISOString(),
    surface,
    ...(userId !== undefined && { userId }),
    ...(anonymousId !== undefined && { anonymousId }),
    request: toLogged(request),
    digest: pipeline.digest,
    items: shown,
    scores: items.map(({ score }) => score),
    propensities: items.map(() => 1),
    total: served.total,
    sampled: sampleOf(served, new Set(shown), seededRandom(`sampled ${slateId}`)),
    degraded: [...new Set(degraded.map(({ code }) => code))],
  };
}

/** Distinct candidates that are not among the shown ones. */
function sampleOf(
  { total, passed }: ShownSlate['served'],
  shown: ReadonlySet<string>,
  draw: () => number,
): readonly { readonly id: string; readonly score: number }[] {
  if (total <= shown.size) return [];
  const { ids, scores } = passed();
  const left = ids.length - shown.size;
  const places = left <= 2 * SAMPLED ? shuffled(ids, shown, draw) : drawn(ids, shown, draw);
  return places.map((place) => ({ id: ids[place]!, score: scores[place]! }));
}

/** 20 places by rejection: quick while most places will do. */
function drawn(ids: readonly string[], shown: ReadonlySet<string>, draw: () => number): readonly number[] {
  const places = new Set<number>();
  while (places.size < SAMPLED) {
    const place = Math.floor(draw() * ids.length);
    if (!shown.has(ids[place]!)) places.add(place);
  }
  return [...places];
}

/** Up to 20 of few places: the first steps of a Fisher–Yates shuffle. */
function shuffled(ids: readonly string[], shown: ReadonlySet<string>, draw: () => number): readonly number[] {
  const left = Array.from(ids.keys()).filter((place) => !shown.has(ids[place]!));
  const size = Math.min(SAMPLED, left.length);
  for (let i = 0; i < size; i++) {
    const other = i + Math.floor(draw() * (left.length - i));
    [left[i], left[other]] = [left[other]!, left[i]!];
  }
  return left.slice(0, size);
}
