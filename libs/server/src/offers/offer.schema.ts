import { OFFER_KINDS } from '@attune/language';
import { fieldsOf, idSchema, predicateSchema, timeSchema, type Predicate } from '@attune/sdk';
import { z } from 'zod';

/** Offers of a tenant: with the times of each, what was made to one user must fit into one record. */
export const MOST_OFFERS = 500;
/** Times an offer may be made to one user within its cap, and so those that are remembered. */
export const MOST_TIMES = 20;

export const offerIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]{0,63}$/, 'letters, digits, _ . and -, at most 64, a letter or digit first');

/** A record's room, in characters of JSON. */
const LARGEST = 200_000;

const [whole, days] = [z.int().min(0).max(1_000_000), z.number().min(0).max(3650)];
const withinSchema = z
  .strictObject({ min: whole.optional(), max: whole.optional(), withinDays: days.optional() })
  .refine(({ min, max }) => min !== undefined || max !== undefined, 'needs min or max');

const eligibleSchema = z.strictObject({
  user: predicateSchema
    .optional()
    .describe('A filter over what the shop says of the user: its fields are `attributes.<name>`.'),
  minEvents: whole.optional().describe('Items acted on, impressions aside; an event on several counts for each.'),
  types: z
    .record(z.string().regex(/^[a-z][a-z0-9_]{0,63}$/), withinSchema)
    .refine((types) => Object.keys(types).length <= 20, 'at most 20 types')
    .optional()
    .describe('Items acted on by type of event, for example `{"purchase": {"min": 2, "withinDays": 90}}`.'),
  newUser: z.boolean().optional().describe('Whether nothing was bought so far.'),
  lastPurchaseDaysAgo: z
    .strictObject({ min: days.optional(), max: days.optional() })
    .optional()
    .describe('Holds for nobody who bought nothing.'),
  interestedIn: z
    .boolean()
    .optional()
    .describe('Whether one of the latest 1,000 items acted on, hides and dislikes aside, is one that it covers.'),
});

const capsSchema = z.strictObject({
  perUser: z
    .strictObject({ times: z.int().min(1).max(MOST_TIMES), days: z.number().positive().max(3650) })
    .optional()
    .describe('Made to one user at most so many times in so many days.'),
  total: z
    .strictObject({ times: z.int().min(1).max(1_000_000_000) })
    .optional()
    .describe('Made at most so many times, to everybody together.'),
  cooldownHours: z.number().positive().max(87_600).optional().describe('Not again to the same user before.'),
});

const textsSchema = z.strictObject({
  title: z.string().trim().min(1).max(120).describe('The shop’s name for it.'),
  terms: z.string().trim().min(1).max(500).optional(),
});

const itemsSchema = z
  .strictObject({
    where: predicateSchema.optional(),
    ids: z.array(idSchema).min(1).max(1000).optional(),
  })
  .refine(({ where, ids }) => (where === undefined) !== (ids === undefined), 'send either where or ids');

const membersSchema = z.strictObject({
  id: offerIdSchema,
  kind: z.enum(OFFER_KINDS),
  percent: z.int().min(1).max(90).optional().describe('Off the price, of the kind `percent`.'),
  amount: z
    .strictObject({ amount: z.number().positive().max(1_000_000), currency: z.string().regex(/^[A-Z]{3}$/) })
    .optional()
    .describe('Off the price, of the kind `amount`; `currency` as ISO 4217 has it.'),
  items: itemsSchema.describe('What it covers: a filter, which may be empty, or ids.'),
  eligible: eligibleSchema.default({}).describe('To whom it may be made; default to everybody.'),
  validFrom: timeSchema.optional(),
  validUntil: timeSchema.optional().describe('The first moment at which it is over.'),
  caps: capsSchema.default({}),
  priority: z.int().min(-1000).max(1000).default(0).describe('Higher ones come first.'),
  texts: z
    .strictObject({ en: textsSchema.optional(), zh: textsSchema.optional() })
    .default({})
    .describe('The shop’s own words. A gift and a bundle are told by their title, and need one.'),
});

type Members = z.output<typeof membersSchema>;

/** What its members must agree on. */
function refuseContradictions(offer: Omit<Members, 'id'>, context: z.RefinementCtx): void {
  const refuse = (path: readonly string[], message: string): void =>
    context.addIssue({ code: 'custom', path: [...path], message, input: undefined });
  for (const member of ['percent', 'amount'] as const)
    if ((offer.kind === member) !== (offer[member] !== undefined))
      refuse([member], `goes with the kind '${member}', and with no other`);
  const { kind, texts, eligible, validFrom, validUntil } = offer;
  if ((kind === 'gift' || kind === 'bundle') && texts.en === undefined && texts.zh === undefined)
    refuse(['texts'], `of the kind '${kind}' needs a title: nothing else says what it gives`);
  if (validFrom !== undefined && validUntil !== undefined && Date.parse(validFrom) >= Date.parse(validUntil))
    refuse(['validUntil'], 'lies not after validFrom');
  if (JSON.stringify(offer).length > LARGEST) refuse(['items'], `makes it longer than ${LARGEST} characters as JSON`);
  const foreign = fieldsOf(eligible.user ?? {}).find((field) => !/^attributes\../.test(field));
  if (foreign !== undefined) refuse(['eligible', 'user'], `there is no '${foreign.slice(0, 100)}': attributes.<name>`);
}

/** An offer that may be made. */
export const offerSchema = membersSchema.superRefine(refuseContradictions).meta({ id: 'Offer' });
export type Offer = z.output<typeof offerSchema>;

/** The same as the body of a call whose path has the id. */
export const offerBodySchema = membersSchema
  .extend({ id: offerIdSchema.optional().describe('That of the path, where it is given.') })
  .superRefine(refuseContradictions);

/** The same with how often it was made. */
export const keptOfferSchema = membersSchema
  .extend({ made: z.int().optional().describe('How often, to everybody; of offers with a cap on all.') })
  .meta({ id: 'KeptOffer' });
export type KeptOffer = z.output<typeof keptOfferSchema>;

/** What an offer covers, as a filter over items. */
export const coveredBy = ({ items: { where, ids = [] } }: Offer): Predicate => where ?? { id: { $in: ids } };
