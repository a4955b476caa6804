import type { Predicate, Vocabulary } from '@attune/sdk';
import { without } from '../../embedded/items/item.masks.js';
import { splitPredicate, type SplitPredicate } from '../../embedded/items/predicate-split.js';
import { LruCache } from '../../embedded/lru.cache.js';

export interface AllowedMasksOptions {
  /** Ids of the items that pass all conditions; undefined where they are too many. */
  readonly passing: (conditions: readonly Predicate[]) => Promise<ReadonlySet<string> | undefined>;
  /** Another text after every change of an item that searches find. */
  readonly version: () => Promise<string>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/** A version and as of when: the moment it was asked for, and how often `expire` had been called by then. */
interface Version {
  readonly text: string;
  readonly expiries: number;
  readonly askedAt: number;
}

interface Passing {
  /** The last version that these ids were true of. */
  version: Version;
  readonly ids: ReadonlySet<string> | undefined;
  readonly masks: WeakMap<Vocabulary, Uint8Array>;
}

const CACHED_FILTERS = 16;
/** A filter whose text is longer lists ids or the like of one request: not worth keeping. */
const LONGEST_KEY = 4_000;
/** How long a version that was asked for counts, milliseconds. */
const VERSION_MS = 1_000;
/** How long somebody waits for a version where there is an answer without it, milliseconds. */
const SOON_MS = 20;
/**
 * For how long what was true is served while it is renewed, milliseconds: a request after a quiet time must not wait for
 * the whole catalogue. What passes is looked at again by the filters, item by item.
 */
const GRACE_MS = 600_000;

/**
 * Which rows of a vocabulary pass a filter, kept while the items stay as they are. What other processes change shows
 * with the second answer after it; after `expire` everything that searches find shows at once.
 */
export class AllowedMasks {
  private readonly kept = new LruCache<string, Passing>(CACHED_FILTERS);
  private readonly renewals = new Map<string, Promise<Passing>>();
  private version: Promise<Version> | undefined;
  private versionUntil = 0;
  private expiries = 0;

  constructor(private readonly options: AllowedMasksOptions) {}

  /** From now on nothing is served that was true only before. */
  expire(): void {
    this.expiries++;
    this.version = undefined;
  }

  /** 1 for each row whose item is there and passes `[vocabulary.size]`, read only; undefined where too many pass. */
  async allowed(where: Predicate | undefined, vocabulary: Vocabulary): Promise<Uint8Array | undefined> {
    const split = splitPredicate(where);
    const { ids, masks } = await this.passing(split);
    if (ids === undefined) return undefined;
    let mask = masks.get(vocabulary);
    if (mask === undefined) masks.set(vocabulary, (mask = maskOf(ids, vocabulary)));
    return without(mask, split.excludedIds, (id) => vocabulary.row(id));
  }

  /** Ids of the items that pass all conditions; undefined where they are too many. */
  async idsOf(conditions: readonly Predicate[]): Promise<ReadonlySet<string> | undefined> {
    return (await this.passing(splitPredicate({ $and: conditions }))).ids;
  }

  private async passing({ key, shared }: SplitPredicate): Promise<Passing> {
    const known = this.kept.get(key);
    const asked = this.currentVersion();
    if (known === undefined) return await this.asOf(await asked, key, shared);
    const version = await this.soon(asked, known);
    if (version !== undefined) return await this.asOf(version, key, shared);
    asked.then((late) => this.asOf(late, key, shared)).catch(() => undefined);
    return known;
  }

  private async asOf(version: Version, key: string, shared: readonly Predicate[]): Promise<Passing> {
    if (key.length > LONGEST_KEY) return await this.read(shared, version);
    const kept = this.kept.get(key);
    if (kept?.version.text === version.text) {
      kept.version = version;
      return kept;
    }
    const renewal = this.renewed(key, shared, version);
    if (kept === undefined || !isServedAt(version, kept)) return await renewal;
    renewal.catch(() => undefined);
    return kept;
  }

  /** Undefined where it cannot be told or, for what may still be served, not at once. */
  private async soon(asked: Promise<Version>, { version }: Passing): Promise<Version | undefined> {
    const isServed = version.expiries === this.expiries;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      if (isServed) timer = setTimeout(() => resolve(undefined), SOON_MS);
    });
    try {
      return await Promise.race([asked, late]);
    } catch {
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  private renewed(key: string, shared: readonly Predicate[], version: Version): Promise<Passing> {
    const name = `${version.expiries} ${version.text} ${key}`;
    let renewal = this.renewals.get(name);
    if (renewal === undefined) {
      renewal = this.read(shared, version)
        .then((passing) => {
          this.kept.set(key, passing);
          return passing;
        })
        .finally(() => this.renewals.delete(name));
      this.renewals.set(name, renewal);
    }
    return renewal;
  }

  private async read(conditions: readonly Predicate[], version: Version): Promise<Passing> {
    return { version, ids: await this.options.passing(conditions), masks: new WeakMap() };
  }

  /** Asked for at most once a second. */
  private currentVersion(): Promise<Version> {
    const askedAt = this.options.clock();
    if (this.version !== undefined && askedAt < this.versionUntil) return this.version;
    const { expiries } = this;
    const asked = this.options.version().then((text): Version => ({ text, expiries, askedAt }));
    asked.catch(() => this.forget(asked));
    [this.version, this.versionUntil] = [asked, askedAt + VERSION_MS];
    return asked;
  }

  private forget(version: Promise<Version>): void {
    if (this.version === version) this.version = undefined;
  }
}

/** Whether what was true may be served while it is renewed; nothing at all is not worth serving. */
function isServedAt(now: Version, { version, ids }: Passing): boolean {
  const isRecent = version.expiries === now.expiries && now.askedAt - version.askedAt <= GRACE_MS;
  return isRecent && ids?.size !== 0;
}

function maskOf(ids: ReadonlySet<string>, vocabulary: Vocabulary): Uint8Array {
  const mask = new Uint8Array(vocabulary.size);
  for (let row = 0; row < mask.length; row++) if (ids.has(vocabulary.id(row))) mask[row] = 1;
  return mask;
}
