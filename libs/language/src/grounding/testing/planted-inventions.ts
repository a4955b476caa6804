import type { Item } from '@attune/sdk';

/** An item, what may be said of it, and what may not. */
export interface Planted {
  readonly item: Item;
  readonly honest: string;
  readonly planted: string;
  /** What is invented in `planted`, as it is written there. */
  readonly invention: string;
}

const item = (title: string, more: Omit<Item, 'id' | 'title'> = {}): Item => ({ id: title, title, ...more });
const row = (of: Item, honest: string, planted: string, invention: string): Planted => ({
  item: of,
  honest,
  planted,
  invention,
});

const lunchBag = item('RED RETROSPOT LUNCH BAG', { categories: ['Kitchen', 'Bags'], attributes: { color: 'red' } });
const tLight = item('Hanging T-Light Holder', {
  description: 'White metal holder for one t-light, 30 x 12 cm. Not suitable for outdoor use.',
  attributes: { material: 'metal', color: ['white'], width_cm: 12 },
});
const tins = item('Set of 3 Cake Tins Pantry Design', { price: { amount: 4.95, currency: 'GBP' }, tags: ['baking'] });
const lantern = item('Silver-plated lantern', { description: 'For candles up to 7.5 cm wide.' });
const coat = item('Women’s Wool Coat', {
  brand: 'Norrland',
  description: 'A warm navy blue coat of 80% wool and 20% polyester. Made in Portugal.',
  attributes: { size: ['S', 'M', 'L'] },
});
const bottle = item('Trail Water Bottle 750 ml', {
  brand: 'Hydra & Co',
  attributes: { material: 'stainless steel', bpaFree: true, dishwasherSafe: false },
});
const kettle = item('Enamel Kettle, 2.5 litre', { brand: 'Falconer', price: { amount: 39, currency: 'USD' } });
const blocks = item('Wooden Building Blocks', {
  description: '50 pieces in a cotton sack, for children from 3 years.',
});
const drill = item('Cordless Drill 18V', { brand: 'Brandt', description: 'With two batteries and a 2-year warranty.' });
const soap = item('Lavender Soap Bar', { description: 'Handmade with olive oil, 100 g.', tags: ['bath'] });
const lamp = item('Arc Floor Lamp', { attributes: { color: 'matt black', height: '1.8 m' }, categories: ['Lighting'] });
const phone = item('Phone Case for A52', { attributes: { material: 'faux leather', color: 'grey' } });

const cup = item('北欧风陶瓷马克杯 350毫升', { attributes: { 颜色: '白色', 材质: '陶瓷' } });
const umbrella = item('全自动折叠雨伞', { description: '防水，8骨，直径105厘米。', brand: '天堂' });
const tea = item('武夷山大红袍红茶 250克', { description: '产自福建，一盒20小包。' });
const towel = item('纯棉毛巾三条装', { attributes: { 颜色: ['粉色', '灰色'] } });

/** English 22, Chinese 8. The code was tried on these first: 29 of 30 caught, 1 false alarm. */
export const PLANTED: readonly Planted[] = [
  row(lunchBag, 'A lunch bag with a red retrospot look for your kitchen.', 'A blue lunch bag for every day.', 'blue'),
  row(lunchBag, 'Because you looked at bags, here is a red one.', 'This lunch bag is waterproof.', 'waterproof'),
  row(lunchBag, 'Bring your lunch in red.', 'Now with free shipping!', 'free shipping'),
  row(tLight, 'Holds one t-light and is 30 by 12 cm.', 'It is 30 ml and white.', '30 ml'),
  row(tLight, 'A white holder in metal to hang up.', 'A reddish holder to hang up.', 'reddish'),
  row(tLight, 'Twelve cm of white metal.', 'Made of brass and easy to hang.', 'brass'),
  row(tLight, 'Not suitable for outdoor use.', 'Holds four t-lights at once.', 'four'),
  row(tins, 'Three cake tins for baking, £4.95.', 'Five cake tins for baking.', 'Five'),
  row(tins, 'A set of 3 tins in pantry design.', 'Cake tins, now 20% off.', '20%'),
  row(tins, 'You like baking: these three tins go with it.', 'Our best-selling cake tins.', 'best-selling'),
  row(lantern, 'A silver-plated lantern for candles.', 'A lantern of silver.', 'silver'),
  row(lantern, 'Takes candles of 7.5 cm.', 'Takes candles of 75 cm.', '75 cm'),
  row(coat, 'A blue coat by Norrland, made in Portugal.', 'A blue coat by Norrland, made in Italy.', 'Italy'),
  row(coat, 'Eighty percent wool, in S, M and L.', 'Pure cashmere keeps you warm.', 'cashmere'),
  row(bottle, 'BPA-free stainless steel, 750ml.', 'This bottle is dishwasher-safe.', 'dishwasher-safe'),
  row(bottle, 'Hydra & Co made it for the trail.', 'It goes well with the Norrland coat.', 'Norrland'),
  row(kettle, 'The Falconer kettle holds 2.5 l.', 'Get it for $29.', '$29'),
  row(blocks, 'Fifty wooden blocks for children of 3 years.', 'Award-winning blocks of wood.', 'Award-winning'),
  row(drill, 'Two batteries, 18 volts, a 2 year warranty.', 'With a lifetime guarantee.', 'guarantee'),
  row(soap, 'Handmade soap with olive oil.', 'Organic soap with lavender.', 'Organic'),
  row(lamp, 'A matt black lamp, 1.8 metres high.', 'Goes with the “Galaxy Pendant” over your table.', 'Galaxy'),
  row(phone, 'A grey case in faux leather for the A52.', 'A grey leather case for the A52.', 'leather'),
  row(cup, '白色陶瓷杯，350ml，适合您。', '这款杯子是红色的。', '红色'),
  row(cup, '北欧风的马克杯。', '容量500毫升的陶瓷杯。', '500毫升'),
  row(umbrella, '天堂雨伞，防水，可折叠。', '天堂雨伞，防晒又好用。', '防晒'),
  row(umbrella, '直径105 cm，八骨。', '直径120厘米，八骨。', '120厘米'),
  row(tea, '红茶250克，一盒二十小包。', '有机红茶，送给朋友。', '有机'),
  row(tea, '产自福建的大红袍。', '这款红茶可以减肥。', '减肥'),
  row(towel, '三条毛巾，有粉色和灰色。', '五条毛巾，有粉色和灰色。', '五条'),
  row(towel, '纯棉毛巾，粉色很好看。', '竹纤维毛巾，粉色很好看。', '竹'),
];
