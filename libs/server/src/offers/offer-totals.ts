import type { RecordStore } from '@attune/sdk';
import { z } from 'zod';
import { Turns } from '../turns.js';

const KIND = 'offers-total';
/** How often a count is tried that another process changed in between. */
const TRIES = 8;

const totalSchema = z.strictObject({ times: z.int().min(0) });

/** How often offers with a cap on all of them were made, by all processes. */
export class OfferTotals {
  readonly #turns = new Turns();

  constructor(private readonly records: RecordStore) {}

  /** By offer; one that is not there was never made. */
  async of(offerIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (offerIds.length === 0) return new Map();
    const found = await this.records.get(KIND, offerIds);
    return new Map(
      found.flatMap((record) => (record === undefined ? [] : [[record.id, totalSchema.parse(record.value).times]])),
    );
  }

  /** Counts one where there are fewer than `most`; whether it did. */
  reserve(offerId: string, most: number): Promise<boolean> {
    return this.#add(offerId, 1, most);
  }

  /** Takes one back. Where that fails, one too many is counted, which gives too few and never too many. */
  async release(offerId: string): Promise<void> {
    await this.#add(offerId, -1, Infinity).catch(() => false);
  }

  #add(id: string, by: 1 | -1, most: number): Promise<boolean> {
    return this.#turns.take(id, async () => {
      for (let i = 0; i < TRIES; i++) {
        const [record] = await this.records.get(KIND, [id]);
        const times = record === undefined ? 0 : totalSchema.parse(record.value).times;
        if (by > 0 && times >= most) return false;
        const next = { times: Math.max(0, times + by) };
        if (await this.records.replace(KIND, { id, value: next }, record?.version)) return true;
      }
      return false;
    });
  }
}
