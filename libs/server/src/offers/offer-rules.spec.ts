import { needsPast, readyOffer, rulesOf } from './offer-rules.js';
import type { Shopper } from './shopper.js';
import { offerOf } from './testing/offer-of.js';
import { caps, eligible, iso, NOBODY, NOW, RULE_CASES } from './testing/rule-cases.js';

const failing = (members: object, shopper: Partial<Shopper>): readonly string[] =>
  rulesOf(readyOffer(offerOf(members)), { ...NOBODY, ...shopper }, NOW)
    .filter(({ holds }) => !holds)
    .map(({ rule }) => rule);

describe('rulesOf', () => {
  it.each(RULE_CASES)('%s', (_, members, shopper, rules) => {
    expect(failing(members, shopper)).toEqual(rules);
  });

  it('names every rule an offer has, and what was found', () => {
    const rules = { minEvents: 1, types: { view: { min: 1 } }, newUser: true, interestedIn: true };
    const members = {
      ...eligible({ ...rules, user: { 'attributes.a': 1 }, lastPurchaseDaysAgo: { min: 1 } }),
      ...{ validFrom: iso(0), validUntil: iso(NOW + 1) },
      ...caps({ perUser: { times: 1, days: 1 }, cooldownHours: 1, total: { times: 1 } }),
    };
    const verdicts = rulesOf(readyOffer(offerOf(members)), NOBODY, NOW);
    expect(verdicts.map(({ rule }) => rule)).toEqual([
      ...['validFrom', 'validUntil', 'eligible.user', 'eligible.minEvents', 'eligible.types.view', 'eligible.newUser'],
      ...['eligible.lastPurchaseDaysAgo', 'eligible.interestedIn'],
      ...['caps.perUser', 'caps.cooldownHours', 'caps.total'],
    ]);
    expect(verdicts.every(({ detail }) => detail !== '')).toBe(true);
  });

  it.each([
    [{}, false],
    [{ user: { 'attributes.a': 1 } }, false],
    [{ minEvents: 0 }, true],
    [{ newUser: false }, true],
  ])('of %j tells whether the past is looked at: %p', (rules, needs) => {
    expect(needsPast(offerOf(eligible(rules)))).toBe(needs);
  });
});
