import type { EngineRequest } from '@attune/engine';
import type { Item } from '@attune/sdk';
import type { OpenedPlatform } from './open-platform.js';

/** Slates are several times slower until the compiler has seen some hundreds of them; a second is what a start may cost. */
const WARM_UP_SLATES = 300;
const WARM_UP_MS = 1_000;

/** Serves slates of every surface to nobody and to one user, so that the first caller finds the code compiled. */
export async function warmUp({ main, clock }: OpenedPlatform): Promise<void> {
  const until = clock.monotonic() + WARM_UP_MS;
  const { engine, stores, lexicon } = main;
  await lexicon.warmUp();
  const page = await someItem(main);
  const user = stores.events.someUser();
  for (let i = 0; i < WARM_UP_SLATES && clock.monotonic() < until; i++) {
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
    await engine.serve(surface, [seeded ? { ...asked, itemIds: [page.id], query: { text: page.title } } : asked]);
  }
}

/** The first item of the catalogue; undefined where it is empty. */
async function someItem({ stores }: OpenedPlatform['main']): Promise<Item | undefined> {
  for await (const [item] of stores.items.scan()) return item;
  return undefined;
}
