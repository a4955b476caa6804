import type { OfferSaid } from '../offer-words.js';
import type { PlantedOffer } from './planted-offers.js';

const mugs: OfferSaid = {
  offer: { kind: 'percent', percent: 10 },
  titles: ['Set of 3 Cake Tins', 'Red retrospot mug'],
  language: 'en',
};
const coat: OfferSaid = {
  offer: { kind: 'amount', amount: { amount: 15, currency: 'USD' }, title: 'Coat days' },
  titles: ['Norrland wool coat'],
  language: 'en',
};
const sofa: OfferSaid = {
  offer: { kind: 'free-delivery', terms: 'Mainland only.' },
  titles: ['Oslo sofa'],
  language: 'en',
};
const candle: OfferSaid = {
  offer: { kind: 'gift', title: 'A free candle with your lantern' },
  titles: ['Silver lantern'],
  language: 'en',
};
const socks: OfferSaid = {
  offer: { kind: 'bundle', title: 'Buy 2 pairs, pay for 1' },
  titles: ['Bamboo socks'],
  language: 'en',
};
const umbrella: OfferSaid = { offer: { kind: 'percent', percent: 25 }, titles: ['全自动折叠雨伞'], language: 'zh' };
const towel: OfferSaid = {
  offer: { kind: 'amount', amount: { amount: 8, currency: 'CNY' } },
  titles: ['纯棉毛巾三条装'],
  language: 'zh',
};
const chair: OfferSaid = { offer: { kind: 'free-delivery' }, titles: ['人体工学椅'], language: 'zh' };

const pair = (said: OfferSaid, honest: string, planted: string): PlantedOffer => ({ said, honest, planted });

/**
 * English 13, Chinese 7, in other words than the tables were made with. Tried once before the code was mended with them:
 * see the spec for what it found then.
 */
export const UNSEEN_OFFERS: readonly PlantedOffer[] = [
  pair(
    mugs,
    'Tea time just got nicer: 10% off the Red retrospot mug.',
    'Tea time just got nicer: one tenth and then some off!',
  ),
  pair(
    mugs,
    'The Set of 3 Cake Tins is waiting for your next bake, with 10% off.',
    'The Set of 5 Cake Tins is waiting, with 10% off.',
  ),
  pair(mugs, 'Fancy a new mug? Take 10% off the Red retrospot mug.', 'Fancy a mug? Take 10% off, plus a free spoon.'),
  pair(
    mugs,
    'Good news for bakers: Set of 3 Cake Tins, 10 percent less.',
    'Half price: 10% off the Red retrospot mug and more.',
  ),
  pair(coat, 'Coat days: $15 off the Norrland wool coat.', 'Coat days: now just $15, the Norrland wool coat.'),
  pair(
    coat,
    'Wrap up warm and save $15 on the Norrland wool coat.',
    'Wrap up warm and save $15 on the cashmere coat before stocks run dry.',
  ),
  pair(
    coat,
    'Take $15 off a Norrland wool coat for the cold days.',
    'As one of our top shoppers you take $15 off a Norrland wool coat.',
  ),
  pair(sofa, 'Free shipping on the Oslo sofa, mainland only.', 'Free shipping and assembly on the Oslo sofa.'),
  pair(
    sofa,
    'Put your feet up: the Oslo sofa comes to you with free delivery.',
    'Put your feet up: the Oslo sofa is free.',
  ),
  pair(
    candle,
    'A free candle with your lantern: meet the Silver lantern.',
    'A free candle with your lantern: two candles, if you order within the hour.',
  ),
  pair(
    candle,
    'Light up your evening. A free candle with your lantern, the Silver lantern.',
    'Light up your evening with a free beeswax candle.',
  ),
  pair(socks, 'Happy feet: Buy 2 pairs, pay for 1 of our Bamboo socks.', 'Happy feet: Buy 3 pairs, pay for 1.'),
  pair(
    socks,
    'Buy 2 pairs, pay for 1. Bamboo socks for you and a friend.',
    'Buy 2 pairs, pay for 1. You will not find it cheaper anywhere.',
  ),
  pair(umbrella, '下雨不用愁，全自动折叠雨伞优惠25%。', '下雨不用愁，全自动折叠雨伞半价。'),
  pair(umbrella, '全自动折叠雨伞75折，出门带上它吧。', '全自动折叠雨伞75折，买到就是赚到，再不买就没了。'),
  pair(umbrella, '一把好伞，七五折：全自动折叠雨伞。', '一把好伞，七折：全自动折叠雨伞。'),
  pair(towel, '纯棉毛巾三条装立减8元，洗脸更舒心。', '纯棉毛巾三条装只要8元。'),
  pair(towel, '家里该换毛巾了吗？纯棉毛巾三条装减8元。', '家里该换毛巾了吗？上次买的毛巾旧了，纯棉毛巾三条装减8元。'),
  pair(chair, '人体工学椅免邮到家，坐得舒服。', '人体工学椅免邮到家，缓解腰痛。'),
  pair(chair, '久坐的朋友看过来：人体工学椅包邮。', '久坐的朋友看过来：人体工学椅包邮，再送靠垫。'),
];
