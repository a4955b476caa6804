import type { EngineRequest } from '@attune/engine';
import type { Item } from '@attune/sdk';
import type { OpenedPlatform } from './open-platform.js';

/** Slates are several times slower until the compiler has seen some hundreds of them; a second is what a start may cost. */
const WARM_UP_SLATES = 300;
const WARM_UP_MS = 1_000;
/** Longer with services, while parts of slates come too late still: what is held of them in this process is being read. */
const LATE_WARM_UP_MS = 10_000;

/**
 * Serves slates of every surface to nobody and to one user, so that the first caller finds the code compiled and at hand
 * what the stores keep in this process.
 */
export async function warmUp({ main, clock, isShared }: OpenedPlatform): Promise<void> {
  const startedAt = clock.monotonic();
  const { engine, stores, lexicon, facts } = main;
  await lexicon.warmUp();
  // A query waits for it where it is not read by then; who asks next is told why it cannot be.
  facts.warmUp();
  const page = await someItem(main);
  const user = await stores.events.someUser();
  let late = 0;
  const isWarm = (i: number): boolean => {
    const ms = clock.monotonic() - startedAt;
    if (isShared && i - late <= engine.surfaces.length) return ms > LATE_WARM_UP_MS;
    return i >= WARM_UP_SLATES || ms > WARM_UP_MS;
  };
  for (let i = 0; engine.surfaces.length > 0 && !isWarm(i); i++) {
    const asked: EngineRequest = {
      id: `warm-up-${i}`,
      now: clock.now(),
      userId: i % 4 === 0 ? undefined : user,
      itemIds: [],
      exclude: [],
      seen: 'exclude',
      limit: 10,
      explain: i % 2 === 0,
      trace: false,
      context: {},
    };
    const surface = engine.surfaces[i % engine.surfaces.length]!;
    const seeded = page !== undefined && surface !== 'home';
    const request = seeded ? { ...asked, itemIds: [page.id], query: { text: page.title } } : asked;
    const [served] = await engine.serve(surface, [request]);
    if (served?.slate.degraded.some(({ code }) => LATE.has(code))) late = i;
  }
}

/** What a slate says of a part that came too late. */
const LATE: ReadonlySet<string> = new Set(['PLUGIN_TIMEOUT', 'DEADLINE_EXCEEDED', 'PROFILE_UNAVAILABLE']);

/** The first item of the catalogue; undefined where it is empty. */
async function someItem({ stores }: OpenedPlatform['main']): Promise<Item | undefined> {
  for await (const [item] of stores.items.scan()) return item;
  return undefined;
}
