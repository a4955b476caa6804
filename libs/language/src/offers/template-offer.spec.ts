import { TONES, WRITTEN_LANGUAGES } from '../writing/description.style.js';
import { heldOffer } from './held-offer.js';
import { OFFER_CHARS, OFFER_KINDS, type OfferWords } from './offer-words.js';
import { templateOffer } from './template-offer.js';

const plain = (offer: OfferWords, titles: readonly string[], language: 'en' | 'zh', blocked: readonly string[] = []) =>
  templateOffer({ offer, titles, language }, { tone: 'plain', blocked });
const percent: OfferWords = { kind: 'percent', percent: 20 };
const amount: OfferWords = { kind: 'amount', amount: { amount: 5, currency: 'GBP' } };
const francs: OfferWords = { kind: 'amount', amount: { amount: 7.5, currency: 'chf' } };

describe('templateOffer', () => {
  it.each([
    [percent, ['Red mug'], 'en', '20% off Red mug.'],
    [percent, ['Red mug', 'Blue mug', 'Kettle'], 'en', '20% off Red mug, Blue mug and Kettle.'],
    [{ ...percent, title: 'Spring week!' }, ['Red mug'], 'en', 'Spring week: 20% off Red mug.'],
    [amount, ['Kettle'], 'en', '£5 off Kettle.'],
    [francs, ['Kettle'], 'en', '7.5 CHF off Kettle.'],
    [{ kind: 'free-delivery' }, ['Sofa'], 'en', 'Free delivery on Sofa.'],
    [
      { kind: 'gift', title: 'a candle with every lantern' },
      ['Lantern'],
      'en',
      'A candle with every lantern: Lantern.',
    ],
    [{ kind: 'bundle', title: 'Three for two.' }, ['Soap'], 'en', 'Three for two: Soap.'],
    [percent, ['马克杯', '茶壶'], 'zh', '马克杯、茶壶优惠20%。'],
    [amount, ['茶壶'], 'zh', '茶壶立减£5。'],
    [{ kind: 'free-delivery', title: '开学季' }, ['台灯'], 'zh', '开学季：台灯包邮。'],
    [{ kind: 'bundle', title: '第二件半价' }, ['香皂'], 'zh', '第二件半价：香皂。'],
    [percent, [], 'en', '20% off.'],
    [percent, ['!!!'], 'zh', '优惠20%。'],
  ] as const)('tells %j of %j in %s', (offer, titles, language, text) => {
    expect(plain(offer, titles, language)).toBe(text);
  });

  it.each(
    WRITTEN_LANGUAGES.flatMap((language) =>
      TONES.flatMap((tone) => OFFER_KINDS.map((kind) => [language, tone, kind] as const)),
    ),
  )('in %s, %s, says of the kind %s what a model’s text could say', (language, tone, kind) => {
    const offer = { ...percent, ...amount, kind, title: language === 'en' ? 'Three for two' : '三件八折' };
    const titles = language === 'en' ? ['Red mug', 'Kettle'] : ['马克杯', '茶壶'];
    const text = templateOffer({ offer, titles, language }, { tone, blocked: [] })!;
    const own = kind === 'percent' ? { percent: 20 } : kind === 'amount' ? { amount: amount.amount! } : {};
    const said = { kind, title: offer.title, ...own };
    expect(heldOffer(text, { offer: said, titles, language, facts: { values: new Map() }, blocked: [] })).toEqual({
      text,
    });
  });

  it('leaves out items, and the shop’s words, that there is no room for', () => {
    const long = 'mug '.repeat(60).trim();
    expect(plain(percent, [long, long], 'en')).toBe(`20% off ${long}.`);
    expect(plain(percent, [`${long} ${long}`], 'en')).toBe('20% off.');
    expect(plain({ ...percent, title: `${long} ${long}` }, ['Mug'], 'en')).toBe('20% off Mug.');
    expect(plain(percent, [long, long], 'en')!.length).toBeLessThanOrEqual(OFFER_CHARS);
  });

  it('leaves out what a blocked word is in, and says nothing where nothing is left', () => {
    expect(plain(percent, ['Red mug', 'Gin'], 'en', ['gin'])).toBe('20% off Red mug.');
    expect(plain({ ...percent, title: 'Gin days' }, ['Red mug'], 'en', ['gin'])).toBe('20% off Red mug.');
    expect(plain(percent, ['Gin'], 'en', ['gin'])).toBe('20% off.');
    expect(plain(percent, ['Mug'], 'en', ['off'])).toBeUndefined();
    expect(plain({ kind: 'gift', title: 'Gin' }, ['Mug'], 'en', ['gin'])).toBeUndefined();
  });

  it('takes markup and the end of a sentence out of names', () => {
    expect(plain({ ...percent, title: '<b>Sale</b>' }, ['<b>Red</b> mug.'], 'en')).toBe('Sale: 20% off Red mug.');
  });
});
