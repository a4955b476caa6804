import type { Engine } from '@attune/engine';
import type { Change, ChangesLost, TenantStores } from '@attune/sdk';
import type { Forgets } from '../erase/forgets.js';
import type { SearchLexicon } from '../search/search-lexicon.js';

export interface FollowingParts {
  readonly stores: Pick<TenantStores, 'changes'> & { readonly artifacts: Pick<TenantStores['artifacts'], 'promoted'> };
  readonly engine: Pick<Engine, 'models' | 'reload'>;
  readonly lexicon: Pick<SearchLexicon, 'consentChanged'>;
  /** What of people is held in this process. */
  readonly caches: readonly Forgets[];
  readonly warn: (line: string) => void;
}

/** How often it is looked whether a model was promoted that nobody told of. */
const LOOK_MS = 30_000;

/** Does in this process what other processes' changes ask for. Returns how to look for new models at once, and to stop. */
export function followChanges(
  parts: FollowingParts,
  lookMs = LOOK_MS,
): { readonly look: () => Promise<void>; readonly stop: () => void } {
  const { stores, engine, lexicon, caches, warn } = parts;
  const lookOnce = async (): Promise<void> => {
    const opened = [...engine.models];
    const promoted = await Promise.all(opened.map(([name]) => stores.artifacts.promoted(name)));
    const changed = opened.filter(([, digest], i) => promoted[i] !== undefined && promoted[i] !== digest);
    if (changed.length > 0) await engine.reload(changed.map(([name]) => name));
  };
  // One after the other: the next finds what the one before has done.
  let turn = Promise.resolve();
  const look = (): Promise<void> => {
    const looked = turn.then(lookOnce);
    turn = looked.catch(() => undefined);
    return looked;
  };
  const follow = async (change: Change | ChangesLost): Promise<void> => {
    if (change.kind === 'lost') await Promise.all([look(), ...caches.map(async (cache) => await cache.forgetAll?.())]);
    if (change.kind === 'model') await look();
    if (change.kind === 'consent') await lexicon.consentChanged(change.userIds);
    // Each is told, also where another fails.
    if (change.kind === 'forgotten') await Promise.all(caches.map(async (cache) => await cache.forget(change)));
  };
  const fail = (error: unknown): void => warn(`a change made elsewhere is not followed: ${String(error)}`);
  const unlisten = stores.changes.onChange((change) => void follow(change).catch(fail));
  const timer = setInterval(() => void look().catch(fail), lookMs).unref();
  const stop = (): void => {
    unlisten();
    clearInterval(timer);
  };
  return { look, stop };
}
