import type { EngineRequest } from '@attune/engine';
import type { Degraded, Item, Predicate } from '@attune/sdk';
import type { TenantPlatform } from '../platform/tenant-platform.js';
import type { ReadyOffer } from './offer-rules.js';
import { coveredBy, type Offer } from './offer.schema.js';

/** Items that an offer is told with. */
const MOST_ITEMS = 3;
/** Offers looked at besides those that are asked for: some turn out to cover nothing that can be shown. */
const SPARE = 8;
/** Requests of one pass through the engine, as of a batch of slates. */
const MAX_TOGETHER = 8;

export interface WantedFor {
  readonly userId: string;
  /** Epoch ms. */
  readonly now: number;
  readonly requestId: string;
  readonly surface: string;
  /** Offers asked for. */
  readonly limit: number;
}

/** An offer with the items that it is told with. */
export interface OfferOnItems extends ReadyOffer {
  /** Up to three that it covers, the one that is wanted most first. */
  readonly items: readonly Item[];
}

export interface OrderedOffers {
  /** By priority, then by how high the best of its items ranks for the person, then by id. */
  readonly offers: readonly OfferOnItems[];
  /** Ids of those that cover nothing that can be shown to him. */
  readonly empty: readonly string[];
  /** Ids of those that were not looked at, because enough others come first. */
  readonly later: readonly string[];
  readonly degraded: readonly Degraded[];
}

/**
 * The order in which offers are to be made. One pass of the surface's pipeline over everything that they cover compares
 * them; an offer whose items it does not reach has a pass of its own. What was bought may return: offers are also for what
 * one buys again. @throws AttuneError SURFACE_NOT_FOUND
 */
export async function wantedOffers(
  offers: readonly ReadyOffer[],
  wanted: WantedFor,
  tenant: Pick<TenantPlatform, 'engine' | 'stores'>,
): Promise<OrderedOffers> {
  if (offers.length === 0) return { offers: [], empty: [], later: [], degraded: [] };
  const all = await served([anyOf(offers.map(({ offer }) => offer))], wanted, tenant);
  const ranked = all.items[0] ?? [];
  const placed = offers.map((ready) => {
    const items = ranked.filter(ready.covers);
    return { ...ready, items, place: items.length === 0 ? Infinity : ranked.indexOf(items[0]!) };
  });
  placed.sort((a, b) => b.offer.priority - a.offer.priority || compare(a.place, b.place) || byId(a.offer, b.offer));
  const [near, later] = [placed.slice(0, wanted.limit + SPARE), placed.slice(wanted.limit + SPARE)];
  const lacking = near.filter(({ items }) => items.length === 0);
  const own = await served(
    lacking.map(({ offer }) => coveredBy(offer)),
    wanted,
    tenant,
  );
  const found = new Map(lacking.map(({ offer }, i) => [offer.id, own.items[i] ?? []]));
  const complete = near.map(({ offer, covers, isUser, items }) => ({
    ...{ offer, covers, isUser },
    items: (found.get(offer.id) ?? items).slice(0, MOST_ITEMS),
  }));
  return {
    offers: complete.filter(({ items }) => items.length > 0),
    empty: complete.filter(({ items }) => items.length === 0).map(({ offer }) => offer.id),
    later: later.map(({ offer }) => offer.id),
    degraded: [...all.degraded, ...own.degraded],
  };
}

interface Served {
  /** A request each: what may be shown of what its filter lets through, in order. */
  readonly items: readonly (readonly Item[])[];
  readonly degraded: readonly Degraded[];
}

async function served(
  filters: readonly Predicate[],
  wanted: WantedFor,
  { engine, stores }: Pick<TenantPlatform, 'engine' | 'stores'>,
): Promise<Served> {
  const items: (readonly Item[])[] = [];
  const degraded: Degraded[] = [];
  for (let from = 0; from < filters.length; from += MAX_TOGETHER) {
    const requests = filters.slice(from, from + MAX_TOGETHER).map((filter) => requestOf(filter, wanted));
    for (const slate of await engine.serve(wanted.surface, requests)) {
      const documents = await stores.items.get(slate.passed().ids);
      items.push(documents.filter((item) => item !== undefined));
      degraded.push(...slate.slate.degraded);
    }
  }
  return { items, degraded };
}

const requestOf = (filter: Predicate, { userId, now, requestId }: WantedFor): EngineRequest => ({
  ...{ id: requestId, now, userId, filter, seen: 'include', limit: MOST_ITEMS, paging: true },
  ...{ itemIds: [], exclude: [], explain: false, trace: false, context: {} },
});

/** What any of these covers; ids of all of them in one list, which an index looks up faster. */
function anyOf(offers: readonly Offer[]): Predicate {
  const ids = [...new Set(offers.flatMap(({ items }) => items.ids ?? []))];
  const where = offers.map(({ items }) => items.where).filter((one) => one !== undefined);
  return { $or: [...(ids.length === 0 ? [] : [{ id: { $in: ids } }]), ...where] };
}

/** Infinity equals itself. */
const compare = (a: number, b: number): number => (a === b ? 0 : a - b);

const byId = (a: Offer, b: Offer): number => (a.id < b.id ? -1 : 1);
