import { eventColumns, type EventColumns } from '@attune/sdk';
import { offerSchema, type Offer } from '../offer.schema.js';

/** An offer of 20 percent on everything, with these members besides. */
export const offerOf = (members: object = {}): Offer =>
  offerSchema.parse({ id: 'o', kind: 'percent', percent: 20, items: { where: {} }, ...members });

/** Type, item and time (epoch ms) of an event. */
export type PastEvent = readonly [string, string, number];

/** A past, oldest first. */
export const pastOf = (...events: readonly PastEvent[]): EventColumns =>
  eventColumns({
    types: events.map(([type]) => type),
    items: events.map(([, item]) => item),
    at: Float64Array.from(events, ([, , at]) => at),
  });
