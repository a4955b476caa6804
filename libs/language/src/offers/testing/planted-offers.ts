import type { OfferSaid } from '../offer-words.js';

/** An offer on items, a text that says no more than it, and one that does. */
export interface PlantedOffer {
  readonly said: OfferSaid;
  readonly honest: string;
  readonly planted: string;
}

const of = (said: Omit<OfferSaid, 'language'>, language: OfferSaid['language']): OfferSaid => ({ ...said, language });
const percent20 = { offer: { kind: 'percent', percent: 20 }, titles: ['Trail bottle', 'Winter boots'] } as const;
const percent15 = {
  offer: { kind: 'percent', percent: 15, title: 'Spring week', terms: 'Ends on 31 May. Not with other offers.' },
  titles: ['100% cotton towel'],
} as const;
const five = {
  offer: { kind: 'amount', amount: { amount: 5, currency: 'GBP' }, terms: 'On orders over £30.' },
  titles: ['Enamel kettle 2.5 litre'],
} as const;
const delivery = { offer: { kind: 'free-delivery' }, titles: ['Arc floor lamp'] } as const;
const gift = {
  offer: { kind: 'gift', title: 'A tea towel with every teapot', terms: 'While stocks last.' },
  titles: ['Blue teapot'],
} as const;
const bundle = { offer: { kind: 'bundle', title: 'Three for two' }, titles: ['Lavender soap bar'] } as const;
const cup = { offer: { kind: 'percent', percent: 20 }, titles: ['北欧马克杯'] } as const;
const tea = {
  offer: { kind: 'amount', amount: { amount: 10, currency: 'CNY' }, terms: '满100元可用' },
  titles: ['武夷山红茶'],
} as const;
const lamp = { offer: { kind: 'free-delivery' }, titles: ['护眼台灯'] } as const;
const set = { offer: { kind: 'bundle', title: '第二件半价' }, titles: ['薰衣草香皂'] } as const;

/** English 12, Chinese 8; written before the code. */
export const PLANTED_OFFERS: readonly PlantedOffer[] = [
  {
    said: of(percent20, 'en'),
    honest: 'Enjoy 20% off the Trail bottle, ready for your next walk.',
    planted: 'Enjoy 25% off the Trail bottle, ready for your next walk.',
  },
  {
    said: of(percent20, 'en'),
    honest: 'Save 20% on Winter boots and step out with a smile.',
    planted: 'Save 20% on Winter boots, today only!',
  },
  {
    said: of(percent20, 'en'),
    honest: 'A little treat: the Trail bottle and Winter boots at 20 percent off.',
    planted: 'Last chance: the Trail bottle and Winter boots at 20 percent off.',
  },
  {
    said: of(percent20, 'en'),
    honest: 'Get a 20% discount on the Trail bottle.',
    planted: 'Get up to a 20% discount on everything in the shop.',
  },
  {
    said: of(percent15, 'en'),
    honest: 'Spring week is here: 15% off the 100% cotton towel until 31 May.',
    planted: 'Spring week is here: 100% off the 100% cotton towel.',
  },
  {
    said: of(percent15, 'en'),
    honest: '15% off our 100% cotton towel. Not with other offers.',
    planted: '15% off our 100% cotton towel, the best price of the year.',
  },
  {
    said: of(five, 'en'),
    honest: '£5 off the Enamel kettle 2.5 litre on orders over £30.',
    planted: '£30 off the Enamel kettle 2.5 litre.',
  },
  {
    said: of(five, 'en'),
    honest: 'Put the kettle on: take £5 off the Enamel kettle 2.5 litre.',
    planted: 'Yours for £5: the Enamel kettle 2.5 litre.',
  },
  {
    said: of(delivery, 'en'),
    honest: 'We bring you the Arc floor lamp with free delivery.',
    planted: 'We bring you the Arc floor lamp with free next day delivery.',
  },
  {
    said: of(gift, 'en'),
    honest: 'A tea towel with every teapot! Have a look at the Blue teapot, while stocks last.',
    planted: 'A tea towel with every teapot, because you looked at the Blue teapot yesterday.',
  },
  {
    said: of(bundle, 'en'),
    honest: 'Three for two on Lavender soap bar: one for you, two to share.',
    planted: 'Three for two on Lavender soap bar. Hurry, they are selling fast!',
  },
  {
    said: of(bundle, 'en'),
    honest: 'Three for two: fill your bathroom with Lavender soap bar.',
    planted: 'Three for two: satisfaction guaranteed with Lavender soap bar.',
  },
  {
    said: of(cup, 'zh'),
    honest: '北欧马克杯优惠20%，给早晨一点好心情。',
    planted: '北欧马克杯优惠30%，给早晨一点好心情。',
  },
  {
    said: of(cup, 'zh'),
    honest: '北欧马克杯现在打8折，欢迎看看。',
    planted: '北欧马克杯现在打6折，欢迎看看。',
  },
  {
    said: of(cup, 'zh'),
    honest: '喜欢喝咖啡吗？北欧马克杯八折等您。',
    planted: '最后机会！北欧马克杯八折等您。',
  },
  {
    said: of(tea, 'zh'),
    honest: '武夷山红茶立减10元，满100元可用。',
    planted: '武夷山红茶立减100元，满100元可用。',
  },
  {
    said: of(tea, 'zh'),
    honest: '泡一壶武夷山红茶，立减10元，满100元可用。',
    planted: '武夷山红茶立减10元，史上最低价。',
  },
  {
    said: of(lamp, 'zh'),
    honest: '护眼台灯包邮，送到您家。',
    planted: '护眼台灯包邮，仅限今天。',
  },
  {
    said: of(lamp, 'zh'),
    honest: '护眼台灯免运费，陪您读书。',
    planted: '护眼台灯免运费，手慢无。',
  },
  {
    said: of(set, 'zh'),
    honest: '薰衣草香皂第二件半价，和家人一起用吧。',
    planted: '薰衣草香皂第二件半价，老客户专属。',
  },
];
