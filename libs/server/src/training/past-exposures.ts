import { ExposureColumns, type LoggedSlate, type ShownSlate, type TenantStores, type TrainingData } from '@attune/sdk';
import { JoinedSlate } from '../slates/joined-slate.js';
import { slatesWithDeeds, type SlateWithDeeds } from '../slates/slates-with-deeds.js';

/** Rows that are learned from at most, the newest: some 150 MB while they are collected. */
const MOST_ROWS = 2_000_000;
/** Slates whose people are looked up at once. */
const AT_ONCE = 1_000;
/** All joins count, as in the log that is learned from: after the last moment an event can have. */
const AFTER_ALL = Date.UTC(2100, 0);

export interface PastExposuresOptions {
  /** Keys of the requests' context that are kept. */
  readonly context: readonly string[];
  /** Users who do not consent to profiling. */
  readonly refusing: ReadonlySet<string>;
  /** Rows that are kept; default 2 million. */
  readonly most?: number;
  readonly signal: AbortSignal;
}

type Logs = Pick<TenantStores, 'events' | 'slates'>;

/**
 * The log of events with what slates showed and what came of it, as attribution joins the two; slates of people who do not
 * consent are left out, and so are those on which such people acted. Without `exposures` where no slate is logged.
 */
export async function withExposures(
  data: TrainingData,
  stores: Logs,
  { context, refusing, most = MOST_ROWS, signal }: PastExposuresOptions,
): Promise<TrainingData> {
  if ((await stores.slates.stats()).slates === 0) return data;
  const columns = new ExposureColumns(data, context, most);
  const isRefusing = (userId: string | undefined): boolean => userId !== undefined && refusing.has(userId);
  for await (const page of inPages(slatesWithDeeds(stores))) {
    signal.throwIfAborted();
    const users = await usersOf(page, stores.events);
    page.forEach((joined, i) => {
      if (isRefusing(users[i]) || joined.deeds.some(({ userId }) => isRefusing(userId))) return;
      columns.add(shownTo(users[i], joined));
    });
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

/** Who saw each slate, named as in the log that is learned from; undefined where nobody was known. */
async function usersOf(
  page: readonly SlateWithDeeds[],
  events: Logs['events'],
): Promise<readonly (string | undefined)[]> {
  const isNameless = ({ userId, anonymousId }: LoggedSlate): boolean =>
    userId === undefined && anonymousId !== undefined;
  const ids = [...new Set(page.flatMap(({ slate }) => (isNameless(slate) ? [slate.anonymousId!] : [])))];
  const joined = await events.usersOf(ids, AFTER_ALL);
  const names = new Map(ids.map((id, i) => [id, joined[i] ?? `anonymous:${id}`]));
  return page.map(({ slate }) => slate.userId ?? names.get(slate.anonymousId ?? ''));
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
