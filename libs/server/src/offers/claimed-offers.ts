import { createHash } from 'node:crypto';
import { AttuneError, type KeptRecord, type RecordStore } from '@attune/sdk';
import { madeOffersSchema, NO_OFFERS, usedAt, withMade, type MadeOffers, type UsedKey } from './made-offers.js';
import { plainJson } from '../plain-json.js';
import { capRules, type ReadyOffer, type RuleVerdict } from './offer-rules.js';
import type { OfferTotals } from './offer-totals.js';
import { Turns } from '../turns.js';

const KIND = 'offers-made';
/** How often a claim is tried that another process changed the ground of. */
const TRIES = 8;

/** What is to be made to a user: of `offers`, in their order, the first `limit` that their caps still allow. */
export interface Claim {
  readonly userId: string;
  readonly offers: readonly ReadyOffer[];
  readonly limit: number;
  /** Epoch ms. */
  readonly now: number;
  readonly used?: Pick<UsedKey, 'key' | 'asked'> | undefined;
  /** Ids of all offers there are. */
  readonly known: ReadonlySet<string>;
}

export interface Claimed {
  /** Made, and counted. */
  readonly offerIds: readonly string[];
  /** What a cap has against others by now. */
  readonly capped: ReadonlyMap<string, RuleVerdict>;
}

/** What was made to whom; counted so that caps hold over requests at the same time, also of other processes. */
export class ClaimedOffers {
  readonly #turns = new Turns();

  constructor(
    private readonly records: RecordStore,
    private readonly totals: OfferTotals,
  ) {}

  async of(userId: string): Promise<MadeOffers> {
    return madeIn((await this.records.get(KIND, [userId]))[0]);
  }

  /**
   * Counts offers as made, durably. Where the same idempotency key was used in between, what it gave then is given.
   * @throws AttuneError NOT_DURABLE; IDEMPOTENCY_KEY_REUSED
   */
  claim(claim: Claim): Promise<Claimed> {
    return this.#turns.take(claim.userId, async () => {
      const reserved = new Set<string>();
      let kept: readonly string[] = [];
      try {
        for (let i = 0; i < TRIES; i++) {
          const tried = await this.#tryOnce(claim, reserved);
          if (tried === undefined) continue;
          kept = tried.isNew ? tried.offerIds : [];
          return tried;
        }
        return { offerIds: [], capped: new Map(claim.offers.map(({ offer }) => [offer.id, CONTENDED])) };
      } catch (error) {
        // Whether it was counted is unknown: what is taken from the totals stays taken.
        kept = [...reserved];
        throw error;
      } finally {
        for (const id of reserved) if (!kept.includes(id)) await this.totals.release(id);
      }
    });
  }

  /** Undefined where another process was faster. `reserved`: what is counted in the totals already. */
  async #tryOnce(claim: Claim, reserved: Set<string>): Promise<(Claimed & { readonly isNew: boolean }) | undefined> {
    const { userId, now, used, known } = claim;
    const [record] = await this.records.get(KIND, [userId]);
    const made = madeIn(record);
    const before = used === undefined ? undefined : earlierUse(made, used, now);
    if (before !== undefined) return { offerIds: before, capped: new Map(), isNew: false };
    const { offerIds, capped } = await this.#choose(claim, made, reserved);
    if (offerIds.length === 0 && used === undefined) return { offerIds, capped, isNew: false };
    const value = plainJson(withMade(made, { offerIds, at: now, used, known }));
    const isPut = await this.records.replace(KIND, { id: userId, value, userId }, record?.version);
    return isPut ? { offerIds, capped, isNew: true } : undefined;
  }

  async #choose({ offers, limit, now }: Claim, made: MadeOffers, reserved: Set<string>): Promise<Claimed> {
    const offerIds: string[] = [];
    const capped = new Map<string, RuleVerdict>();
    for (const { offer } of offers) {
      if (offerIds.length === limit) break;
      const { id, caps } = offer;
      const own = { ...offer, caps: { ...caps, total: undefined } };
      const against = [...capRules(own, { made, totals: new Map() }, now)].find(({ holds }) => !holds);
      if (against !== undefined) {
        capped.set(id, against);
        continue;
      }
      if (caps.total !== undefined && !reserved.has(id)) {
        if (!(await this.totals.reserve(id, caps.total.times))) {
          capped.set(id, {
            rule: 'caps.total',
            holds: false,
            detail: `made to all: ${caps.total.times}, or others were faster`,
          });
          continue;
        }
        reserved.add(id);
      }
      offerIds.push(id);
    }
    return { offerIds, capped };
  }
}

const CONTENDED: RuleVerdict = {
  rule: 'caps',
  holds: false,
  detail: 'other offers were made to the user at the same time, again and again',
};

const madeIn = (record: KeptRecord | undefined): MadeOffers =>
  record === undefined ? NO_OFFERS : madeOffersSchema.parse(record.value);

/** Digests of an idempotency key and of what is asked with it; undefined without one. */
export const usedKeyOf = (key: string | undefined, asked: object): Claim['used'] =>
  key === undefined ? undefined : { key: digest(key), asked: digest(JSON.stringify(asked)) };

/** What was made when this key was used within a day. @throws AttuneError IDEMPOTENCY_KEY_REUSED */
export function earlierUse(
  made: MadeOffers,
  { key, asked }: NonNullable<Claim['used']>,
  now: number,
): readonly string[] | undefined {
  const earlier = usedAt(made, key, now);
  if (earlier !== undefined && earlier.asked !== asked)
    throw new AttuneError('IDEMPOTENCY_KEY_REUSED', 'the key came with another request within the last day');
  return earlier?.offers;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);
