import { AttuneError, PortError } from '@attune/sdk';
import { callFor, type ServerCall } from '../../../llm/call-for.js';
import { openedOnce } from '../../../llm/opened-once.js';
import { earlierUse, usedKeyOf, type Claim } from '../../../offers/claimed-offers.js';
import { offerMessage, type OfferWriter } from '../../../offers/offer-message.js';
import { rulesOf, type ReadyOffer, type RuleVerdict } from '../../../offers/offer-rules.js';
import type { Shopper } from '../../../offers/shopper.js';
import { TenantOffers } from '../../../offers/tenant-offers.js';
import { wantedOffers, type OfferOnItems, type OrderedOffers } from '../../../offers/wanted-items.js';
import type { MadeOffer, OffersAsked, OffersMade, PassedOver } from '../../operations/offers.operations.js';
import { momentOf } from '../moment.js';
import { refuseUntilReady, type Asking } from '../slates/asking.js';
import { shopperOf } from './shopper-of.js';

/**
 * Makes offers to a user, and counts them unless it is a dry run. Nothing is made unless every rule of an offer holds.
 * @throws AttuneError NOT_READY, AT_IN_FUTURE, SURFACE_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, NOT_DURABLE
 */
export async function offersFor(
  asked: OffersAsked,
  idempotencyKey: string | undefined,
  asking: Asking,
): Promise<OffersMade> {
  const { tenant, platform } = asking;
  refuseUntilReady(platform);
  refuseUnknownSurface(asked, asking);
  const call = callFor({ tenant: tenant.tenant, deadlineMs: asked.deadlineMs, clock: platform.clock });
  const now = momentOf(asked.at, platform.clock.now());
  const { catalogue } = TenantOffers.of(tenant, platform);
  const offers = await catalogue.all();
  const shopper = await shopperOf(asked.userId, { offers, now }, asking);
  const used = asked.dryRun ? undefined : usedKeyOf(idempotencyKey, asked);
  const earlier = used === undefined ? undefined : earlierUse(shopper.made, used, now);
  const judged = judgedOffers(offers, earlier, { shopper, now });
  const ordered = await wantedOffers(judged.open, { ...asked, now, requestId: asking.requestId }, tenant);
  const chosen = await chosenOf(ordered, { asked, earlier, now, used, offers }, asking);
  const writer = await writerFor(asked, call, asking);
  const { language, tone, userId } = asked;
  const wording = { language, tone, userId, blocked: platform.config.llm.blocked };
  const made = await Promise.all(
    chosen.offers.map(async (one) =>
      madeOf(one, asked, {
        message: await offerMessage(one, wording, writer),
        rules: judged.rules.get(one.offer.id) ?? [],
      }),
    ),
  );
  const passedOver = [...judged.against, ...passedIn(ordered, chosen)].sort((a, b) => (a.offerId < b.offerId ? -1 : 1));
  return {
    offers: made,
    ...(asked.explain && { passedOver }),
    degraded: degradedOf(shopper, ordered, call),
  };
}

interface Judged {
  readonly open: readonly ReadyOffer[];
  readonly rules: ReadonlyMap<string, readonly RuleVerdict[]>;
  readonly against: readonly PassedOver[];
}

/** Those whose rules all hold; what was made `earlier` with the same key is made again, by no rule. */
function judgedOffers(
  offers: readonly ReadyOffer[],
  earlier: readonly string[] | undefined,
  { shopper, now }: { readonly shopper: Shopper; readonly now: number },
): Judged {
  if (earlier !== undefined)
    return { open: offers.filter(({ offer }) => earlier.includes(offer.id)), rules: new Map(), against: [] };
  const rules = new Map(offers.map((ready) => [ready.offer.id, rulesOf(ready, shopper, now)]));
  const againstOf = ({ offer }: ReadyOffer): RuleVerdict | undefined =>
    rules.get(offer.id)?.find(({ holds }) => !holds);
  return {
    rules,
    open: offers.filter((ready) => againstOf(ready) === undefined),
    against: offers.flatMap((ready) => passedBy(ready.offer.id, againstOf(ready))),
  };
}

const passedBy = (offerId: string, verdict: RuleVerdict | undefined): readonly PassedOver[] =>
  verdict === undefined ? [] : [{ offerId, rule: verdict.rule, detail: verdict.detail }];

interface Choosing extends Pick<Claim, 'now' | 'used'> {
  readonly asked: OffersAsked;
  readonly earlier: readonly string[] | undefined;
  readonly offers: readonly ReadyOffer[];
}

interface Chosen {
  readonly offers: readonly OfferOnItems[];
  readonly capped: ReadonlyMap<string, RuleVerdict>;
}

/** Counts those that are made, unless nothing is to be counted. */
async function chosenOf(
  ordered: OrderedOffers,
  { asked, earlier, now, used, offers }: Choosing,
  { tenant, platform }: Asking,
): Promise<Chosen> {
  const { userId, limit, dryRun } = asked;
  if (earlier !== undefined || dryRun) return { offers: ordered.offers.slice(0, limit), capped: new Map() };
  const known = new Set(offers.map(({ offer }) => offer.id));
  const { claimed } = TenantOffers.of(tenant, platform);
  const { offerIds, capped } = await claimed.claim({ userId, offers: ordered.offers, limit, now, used, known });
  return { offers: ordered.offers.filter(({ offer }) => offerIds.includes(offer.id)), capped };
}

function passedIn({ offers, empty, later }: OrderedOffers, chosen: Chosen): readonly PassedOver[] {
  const made = new Set(chosen.offers.map(({ offer }) => offer.id));
  const others = offers.map(({ offer }) => offer.id).filter((id) => !made.has(id));
  const late: RuleVerdict = { rule: 'limit', holds: false, detail: 'others come first' };
  return [
    ...empty.map((offerId) => ({ offerId, rule: 'items', detail: 'none of its items can be shown' })),
    ...others.flatMap((id) => passedBy(id, chosen.capped.get(id) ?? late)),
    ...later.flatMap((id) => passedBy(id, late)),
  ];
}

/** None where the template is to write, and where there is no language model: that is named where one was asked for. */
async function writerFor({ words }: OffersAsked, call: ServerCall, asking: Asking): Promise<OfferWriter | undefined> {
  if (words === 'template') return undefined;
  const { tenant } = asking;
  try {
    // A model in a file takes its time, and few of them write what holds: it has to be asked for.
    const runs = words === 'model' ? 'any' : 'service';
    return { llm: await openedOnce(tenant.llm, 'offer', { runs }), facts: tenant.facts, call };
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    if (words === 'model' || error.code !== 'LLM_MISSING') call.degrade(error.code, error.detail);
    return undefined;
  }
}

function madeOf(
  { offer, items }: OfferOnItems,
  { language }: OffersAsked,
  { message, rules }: { readonly message: MadeOffer['message']; readonly rules: readonly RuleVerdict[] },
): MadeOffer {
  const { id, kind, percent, amount, texts, validUntil } = offer;
  const terms = (texts[language] ?? texts.en ?? texts.zh)?.terms;
  return {
    offerId: id,
    kind,
    ...(percent !== undefined && { percent }),
    ...(amount !== undefined && { amount }),
    items: items.map(({ id: itemId, title, price }) => ({ id: itemId, title, ...(price && { price }) })),
    ...(message && { message }),
    ...(terms !== undefined && { terms }),
    ...(validUntil !== undefined && { validUntil }),
    why: rules.map(({ rule, holds }) => ({ rule, holds })),
  };
}

/** Each thing once. */
function degradedOf(shopper: Shopper, ordered: OrderedOffers, call: ServerCall): OffersMade['degraded'] {
  const told = [
    ...(shopper.history === undefined ? [{ code: 'NO_PROFILING' }] : []),
    ...ordered.degraded
      .filter(({ code }) => code !== 'NO_PROFILING')
      .map(({ plugin, code, detail }) => ({ plugin, code, ...(detail !== undefined && { detail }) })),
    ...call.degraded,
  ];
  return [...new Map(told.map((one) => [JSON.stringify(one), one])).values()];
}

function refuseUnknownSurface({ surface }: OffersAsked, { tenant: { engine } }: Asking): void {
  if (engine.surfaces.includes(surface)) return;
  const detail = `no surface '${surface}'; there are ${engine.surfaces.join(', ') || 'none yet'}`;
  throw new AttuneError('SURFACE_NOT_FOUND', detail, { pointer: '/surface' });
}
