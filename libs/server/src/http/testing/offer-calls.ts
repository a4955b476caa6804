import type { Item } from '@attune/sdk';
import type { OffersMade } from '../operations/offers.operations.js';
import type { TestGateway } from './test-gateway.js';
import { TEST_NOW } from './test-platform.js';

export const DAY = 86_400_000;
const MUGS = Array.from({ length: 5 }, (_, i): Item => ({ id: `mug-${i}`, title: `Mug ${i}`, categories: ['Mugs'] }));
const ITEMS: readonly Item[] = [...MUGS, { id: 'lamp', title: 'Lamp', price: { amount: 9, currency: 'GBP' } }];
/** Offers, but for their ids. */
export const mugs = { kind: 'percent', percent: 20, items: { where: { categories: 'Mugs' } } } as const;
export const lamps = { kind: 'free-delivery', items: { ids: ['lamp'] } } as const;

export interface OfferCalls {
  did(userId: string, type: string, ...itemIds: readonly string[]): Promise<void>;
  permit(id: string, offer: object): Promise<void>;
  /** Offers made to `ann`, unless another is named. */
  make(asked: object, headers?: Readonly<Record<string, string>>): Promise<OffersMade>;
}

/** A small shop, in which `mug-3` and then `mug-1` are bought most, and calls about its offers. */
export function offerCalls({ call }: Pick<TestGateway, 'call'>): OfferCalls & { fill(): Promise<void> } {
  let events = 0;
  const accepted = async (path: string, body: object): Promise<void> =>
    expect((await call('POST', path, body)).status).toBe(202);
  const did: OfferCalls['did'] = (userId, type, ...itemIds) => {
    const at = new Date(TEST_NOW - 20 * DAY).toISOString();
    return accepted('/v1/events', {
      events: itemIds.map((itemId) => ({ id: `e-${events++}`, type, userId, itemId, at })),
    });
  };
  return {
    did,
    async permit(id, offer) {
      const answer = await call('PUT', `/v1/offers/${id}`, offer);
      expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
    },
    async make(asked, headers = {}) {
      const answer = await call('POST', '/v1/offers', { userId: 'ann', ...asked }, headers);
      expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
      return answer.json<OffersMade>();
    },
    async fill() {
      await accepted('/v1/items', { items: ITEMS });
      await did('bob', 'purchase', ...ITEMS.map(({ id }) => id));
      await did('bea', 'purchase', 'mug-3', 'mug-1');
      await did('ben', 'purchase', 'mug-3');
    },
  };
}

export const idsOf = ({ offers }: OffersMade): readonly string[] => offers.map(({ offerId }) => offerId);
/** By offer, the rule by which it was passed over. */
export const passedBy = ({ passedOver = [] }: OffersMade): object =>
  Object.fromEntries(passedOver.map(({ offerId, rule }) => [offerId, rule]));
