import { ExposureColumns, type LoggedSlate, type ShownSlate, type TenantStores, type TrainingData } from '@attune/sdk';
import { JoinedSlate, WINDOW_MS } from '../slates/joined-slate.js';
import { slatesWithDeeds, type SlateWithDeeds } from '../slates/slates-with-deeds.js';

/** Rows that are learned from at most, the newest: some 150 MB while they are collected. */
const MOST_ROWS = 2_000_000;
/** What came of slates is held while it is joined: 1.2 GB at most. Of more the oldest is lost, with the slates that are learned from last. */
const MOST_DEEDS = 2_000_000;
/** Slates whose people are looked up at once. */
const AT_ONCE = 1_000;
/** All joins count, as in the log that is learned from: after the last moment an event can have. */
const AFTER_ALL = Date.UTC(2100, 0);

export interface PastExposuresOptions {
  /** Keys of the requests' context that are kept. */
  readonly context: readonly string[];
  /** Users who do not consent to profiling. */
  readonly refusing: ReadonlySet<string>;
  /** From when on a person is not looked at, epoch milliseconds; default: never. */
  readonly until?: ((userId: string) => number) | undefined;
  /** Rows that are kept, the newest; default 2 million. */
  readonly most?: number | undefined;
  readonly signal: AbortSignal;
}

type Logs = Pick<TenantStores, 'events' | 'slates'>;

/**
 * The log of events with what slates showed and what came of it, as attribution joins the two. A slate is left out where one of
 * those who saw it or acted on it does not consent, or is not looked at any more when a week has passed. Without `exposures` where
 * no slate is logged.
 */
export async function withExposures(
  data: TrainingData,
  stores: Logs,
  { context, refusing, until = () => Infinity, most = MOST_ROWS, signal }: PastExposuresOptions,
): Promise<TrainingData> {
  if ((await stores.slates.stats()).slates === 0) return data;
  const columns = new ExposureColumns(data, context, most);
  for await (const page of inPages(slatesWithDeeds(stores, { most: MOST_DEEDS, signal }))) {
    signal.throwIfAborted();
    const nameOf = await namesOf(page, stores.events);
    for (const joined of page) {
      const shown = shownTo(nameOf(joined.slate), joined);
      const people = [joined.slate, ...joined.deeds].map(nameOf).filter((name) => name !== undefined);
      const isOver = (name: string): boolean => shown.at + WINDOW_MS >= until(name);
      if (!people.some((name) => refusing.has(name) || isOver(name))) columns.add(shown);
    }
  }
  return columns.collected();
}

async function* inPages<T>(all: AsyncIterable<T>): AsyncGenerator<readonly T[]> {
  let page: T[] = [];
  for await (const one of all) {
    if (page.push(one) < AT_ONCE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

type Person = Pick<LoggedSlate, 'userId' | 'anonymousId'>;

/** How people of these slates are named in the log that is learned from; undefined where nobody was known. */
async function namesOf(
  page: readonly SlateWithDeeds[],
  events: Logs['events'],
): Promise<(person: Person) => string | undefined> {
  const people = page.flatMap(({ slate, deeds }): readonly Person[] => [slate, ...deeds]);
  const nameless = people.filter(({ userId }) => userId === undefined).map(({ anonymousId }) => anonymousId);
  const ids = [...new Set(nameless)].filter((id) => id !== undefined);
  const joined = await events.usersOf(ids, AFTER_ALL);
  const names = new Map(ids.map((id, i) => [id, joined[i] ?? `anonymous:${id}`]));
  return ({ userId, anonymousId }) => userId ?? names.get(anonymousId ?? '');
}

function shownTo(userId: string | undefined, { slate, deeds }: SlateWithDeeds): ShownSlate {
  const joined = new JoinedSlate(slate, { day: '', surface: '', pipeline: '', slates: 0, positions: [] });
  for (const deed of deeds) joined.join(deed);
  return { at: joined.at, userId, surface: slate.surface, context: contextOf(slate), items: joined.outcomes() };
}

function contextOf({ request }: LoggedSlate): ShownSlate['context'] {
  const body = request['body'] as { readonly context?: ShownSlate['context'] } | undefined;
  return body?.context ?? {};
}
