import { heldOffer, type OfferCheck } from './held-offer.js';
import type { OfferSaid } from './offer-words.js';
import { PLANTED_OFFERS } from './testing/planted-offers.js';
import { UNSEEN_OFFERS } from './testing/unseen-offers.js';

const facts = {
  values: new Map([
    ['brand', ['Acme', 'Norrland']],
    ['color', ['red', 'blue']],
  ]),
};
const told = (text: string, check: Omit<OfferCheck, 'facts' | 'blocked'>, blocked: readonly string[] = []): string => {
  const held = heldOffer(text, { ...check, facts, blocked });
  if ('text' in held) return held.text;
  return 'unusable' in held
    ? held.unusable
    : held.inventions.map(({ kind, text: said }) => `${kind} ${said}`).join(', ');
};

// At first 20 of 20 planted ones of the first table were refused and 20 of 20 honest ones taken; of the second, whose words no
// table was made with, 18 and 19. The two are refused now; that a "new" mug is a claim of the shop's stays so.
const ALL = [...PLANTED_OFFERS, ...UNSEEN_OFFERS];
const STRICT = 'Fancy a new mug? Take 10% off the Red retrospot mug.';

const mug: OfferSaid = { offer: { kind: 'percent', percent: 20 }, titles: ['Red mug', 'Blue mug'], language: 'en' };
const five: OfferSaid = {
  offer: { kind: 'amount', amount: { amount: 5, currency: 'GBP' } },
  titles: ['Kettle'],
  language: 'en',
};
const ship: OfferSaid = { offer: { kind: 'free-delivery' }, titles: ['Sofa'], language: 'en' };
const timed: OfferSaid = { ...mug, offer: { ...mug.offer, title: 'Weekend only', terms: 'Last chance. Ends Sunday.' } };
const cup: OfferSaid = { offer: { kind: 'percent', percent: 15 }, titles: ['马克杯'], language: 'zh' };

describe('heldOffer', () => {
  it.each(ALL.filter(({ honest }) => honest !== STRICT).map(({ said, honest }) => [honest, said] as const))(
    'takes %p as it is',
    (text, said) => {
      expect(told(text, said)).toBe(text);
    },
  );

  it.each(ALL.map(({ said, planted }) => [planted, said] as const))('refuses %p', (text, said) => {
    expect(told(text, said)).not.toBe(text);
  });

  it.each([
    ['The Red mug is reduced by twenty percent.', mug],
    ['Take 5 pounds off the Kettle.', five],
    ['Save £5.00 on the Kettle.', five],
    ['Free postage on the Sofa.', ship],
    ['Last chance: 20% off the Red mug until Sunday.', timed],
    ['马克杯打八五折。', cup],
    ['马克杯打8.5折。', cup],
  ])('takes %p', (text, said) => {
    expect(told(text, said)).toBe(text);
  });

  it.each([
    ['20% off the Red mug, or 30% off two.', mug, 'measure 30%'],
    ['Up to 20% off the Red mug.', mug, 'measure 20%'],
    ['An extra 20% off the Red mug.', mug, 'claim extra'],
    ['The Red mug is 20% nicer.', mug, 'measure 20%'],
    ['20% off the Red mug, only today.', mug, 'claim only today'],
    ['20% off the Red mug and everything else.', mug, 'claim everything'],
    ['20% off the Red mug, chosen for you.', mug, 'claim chosen for you'],
    ['20% off the Red mug, by Norrland.', mug, 'name Norrland'],
    ['20% off the Red mug of steel.', mug, 'value steel'],
    ['$5 off the Kettle.', five, 'measure $5'],
    ['Now £5: the Kettle.', five, 'measure £5'],
    ['£30 off the Kettle.', { ...five, offer: { ...five.offer, terms: 'Over £30.' } }, 'measure £30'],
    ['The Sofa is free, with free delivery.', ship, 'claim free'],
    ['马克杯打1.5折。', cup, 'measure 1.5折'],
    ['马克杯15%优惠，史上最低。', cup, 'claim 史上最低'],
  ])('of %p tells what is not the offer’s', (text, said, invented) => {
    expect(told(text, said)).toContain(invented);
  });

  it.each([
    ['The Red mug is a fine thing.', mug, 'the text does not say what the offer gives'],
    ['Red mug', mug, 'the text does not say what the offer gives'],
    ['We bring you the Sofa.', ship, 'the text does not say what the offer gives'],
    ['马克杯优惠15%。', { ...cup, language: 'en' as const }, 'the text is not in the language asked for, en'],
    ['15% off the 马克杯 and enjoy it.', cup, 'the text is not in the language asked for, zh'],
    [' \n', mug, 'nothing of the text may be shown: empty, too long, or with a blocked word'],
    [`20% off the Red mug ${'and more '.repeat(40)}`, mug, 'nothing of the text may be shown'],
  ])('of %p says why it is of no use', (text, said, why) => {
    expect(told(text, said)).toContain(why);
  });

  it('shows no blocked word', () => {
    expect(told('20% off the fine Red mug.', mug, ['Fine'])).toContain('blocked');
  });

  it('takes no offer for said where only the part that is cut off says it', () => {
    expect(told(`The Red mug. ${'It is here. '.repeat(25)} 20% off.`, mug)).toContain('does not say');
  });

  it('reads a hostile text of 20,000 characters in less than a second', () => {
    const start = performance.now();
    told(`20% off ${'最20%折'.repeat(4000)}`.slice(0, 20_000), mug);
    told('20% up to '.repeat(28), mug);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
