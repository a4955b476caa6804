import type { Item } from '@attune/sdk';
import type { Planted } from './planted-inventions.js';

const item = (title: string, more: Omit<Item, 'id' | 'title'> = {}): Item => ({ id: title, title, ...more });
const row = (of: Item, honest: string, planted: string, invention: string): Planted => ({
  item: of,
  honest,
  planted,
  invention,
});

const clock = item('ALARM CLOCK BAKELIKE GREEN', { categories: ['Clocks'], price: { amount: 3.75, currency: 'GBP' } });
const doormat = item('DOORMAT UNION FLAG', { description: 'Coir doormat with rubber back. 60 x 40 cm.' });
const bunting = item('PARTY BUNTING', { description: 'Cotton bunting, 5 metres with 17 flags.', tags: ['party'] });
const mug = item('Speckled stoneware mug', {
  brand: 'Kiln & Clay',
  attributes: { capacity_ml: 320, color: 'oatmeal', 'microwave safe': true, handmade: false },
});
const jacket = item('Women’s rain jacket', {
  brand: 'Fjellheim',
  description: 'Waterproof shell with taped seams and two zip pockets. Packs into its own hood. 310 g.',
  attributes: { color: ['yellow', 'dark green'], material: 'recycled nylon' },
  price: { amount: 129, currency: 'EUR' },
});
const puzzle = item('Jigsaw puzzle “Harbor at Dawn”, 1,000 pieces', {
  description: 'Finished size 68 × 48 cm. Ages 10+.',
});
const chair = item('Kita dining chair', {
  description: 'Solid oak frame with a woven paper cord seat. Seat height 45 cm. Assembly required.',
  attributes: { material: ['oak', 'paper cord'], weightKg: 5.2 },
});
const headphones = item('Over-ear headphones Q30', {
  brand: 'Sonara',
  description: 'Bluetooth 5.2, up to 40 hours of playback, folds flat. Not noise cancelling.',
  attributes: { color: 'black' },
});
const serum = item('Rosehip face oil 30 ml', { brand: 'Verda', description: 'Cold-pressed oil, vegan, unscented.' });
const rug = item('Flatweave rug', {
  attributes: { size: '160x230 cm', material: '100% wool', origin: 'India', color: 'rust' },
});
const ring = item('Gold-plated ring with moonstone', { description: 'Nickel-free. Sizes 52, 54 and 56.' });
const cat = item('Cat tree with three platforms', {
  description: '120 cm tall, sisal posts.',
  attributes: { color: 'grey' },
});
const skillet = item('Cast iron skillet 10"', { description: 'Pre-seasoned. Oven safe to 260 °C. Hand wash only.' });
const candle = item('Soy wax candle – Fig', { description: 'Burns for about 45 hours. Lead-free cotton wick. 220 g.' });

const thermos = item('儿童保温杯 480ml', { brand: '小熊', attributes: { 颜色: '蓝色', 材质: '304不锈钢' } });
const sheets = item('纯棉四件套 1.8米床', { description: '60支长绒棉，可机洗，含被套、床单各一件和两个枕套。' });
const lampZh = item('木质台灯', {
  description: '三档调光，充电一次可用20小时，暖光。',
  price: { amount: 159, currency: 'CNY' },
});
const shoes = item('男士跑步鞋', { brand: '云步', attributes: { 颜色: ['黑色', '荧光绿'], 重量: '230克' } });
const pot = item('紫砂茶壶 200毫升', { description: '宜兴手工制作，配两只茶杯。' });
const snack = item('每日坚果 25克×30包', { description: '含核桃、腰果、蔓越莓。保质期9个月。' });

/**
 * Written once the code was done, by who wrote it, and tried before changing it: 40 of 40 caught, 3 honest texts flagged. One
 * was mended ("wash it by hand"), two said what their items do not and were reworded ("pure comfort", 两种). English 28,
 * Chinese 12.
 */
export const UNSEEN: readonly Planted[] = [
  row(clock, 'A green alarm clock for the bedside.', 'A green alarm clock with a two-year warranty.', 'two-year'),
  row(clock, 'Yours for £3.75.', 'Yours for only £2.75.', '£2.75'),
  row(doormat, 'A coir mat with a rubber back, 60 by 40 cm.', 'A coir mat with a non-slip back.', 'non-slip'),
  row(doormat, 'Greets guests with a Union flag.', 'Measures 60 x 45 cm.', '45 cm'),
  row(bunting, 'Seventeen cotton flags on 5 m of bunting.', 'Twenty cotton flags for your party.', 'Twenty'),
  row(bunting, 'Hang it up and start the party.', 'Linen bunting for the garden.', 'Linen'),
  row(mug, 'A speckled mug in oatmeal that holds 320 ml.', 'A handmade mug that holds 320 ml.', 'handmade'),
  row(mug, 'Stoneware by Kiln & Clay, microwave safe.', 'Dishwasher and microwave safe stoneware.', 'Dishwasher'),
  row(jacket, 'Waterproof, with two pockets, and it weighs 310 g.', 'Waterproof, with three pockets.', 'three pockets'),
  row(jacket, 'Comes in yellow and dark green.', 'Comes in yellow and navy.', 'navy'),
  row(jacket, 'A rain jacket of recycled nylon for €129.', 'A rain jacket of recycled polyester.', 'polyester'),
  row(puzzle, 'A thousand pieces, 68 × 48 cm when finished.', 'A 500-piece puzzle of a harbor.', '500'),
  row(puzzle, 'For puzzlers aged 10 and up.', 'For puzzlers aged 8 and up.', '8'),
  row(chair, 'Solid oak with a woven seat at 45 cm.', 'Solid walnut with a woven seat.', 'walnut'),
  row(chair, 'At 5.2 kg it is easily moved.', 'At 5.2 lbs it is easily moved.', '5.2 lbs'),
  row(chair, 'Some assembly is required.', 'FSC-certified oak for your dining room.', 'certified'),
  row(
    headphones,
    'Forty hours of playback over Bluetooth.',
    'Noise cancelling headphones in black.',
    'Noise cancelling',
  ),
  row(
    headphones,
    'Sonara’s black over-ear headphones fold flat.',
    'They fold flat and are ideal for your Samsung phone.',
    'Samsung',
  ),
  row(
    serum,
    'Cold-pressed rosehip oil, vegan and unscented.',
    'Rosehip oil, tested by dermatologists.',
    'dermatologists',
  ),
  row(serum, '30 ml of face oil from Verda.', 'A face oil that reduces wrinkles.', 'wrinkles'),
  row(rug, 'Wool from India in a rust shade.', 'A rug handwoven in Morocco.', 'Morocco'),
  row(rug, '160 x 230 cm of flatweave comfort.', 'A rug of 80% wool.', '80%'),
  row(ring, 'A gold-plated ring, nickel-free, with a moonstone.', 'A solid gold ring with a moonstone.', 'gold'),
  row(ring, 'Choose size 52, 54 or 56.', 'Choose size 50, 52 or 54.', '50'),
  row(cat, 'Three platforms for your cat, 120 cm high.', 'Three platforms for your cat, in beige.', 'beige'),
  row(skillet, 'A 10-inch skillet for the oven, up to 260°C.', 'A 12-inch skillet for the oven.', '12-inch'),
  row(skillet, 'Pre-seasoned cast iron; wash it by hand.', 'Because you bought the “Dutch Oven Deluxe”.', 'Dutch'),
  row(candle, 'Burns for 45 hours with a cotton wick.', 'The most popular candle of our shop.', 'popular'),
  row(thermos, '小熊保温杯，480毫升，蓝色。', '小熊保温杯，粉色款更可爱。', '粉色'),
  row(thermos, '304不锈钢，给孩子用的杯子。', '316不锈钢，给孩子用的杯子。', '316'),
  row(sheets, '四件套适合1.8米的床，可以机洗。', '四件套适合1.5米的床。', '1.5米'),
  row(sheets, '被套、床单和两个枕套都是纯棉。', '真丝四件套，柔软舒适。', '真丝'),
  row(lampZh, '三档调光，充电后可用二十小时。', '五档调光，送给爱看书的您。', '五档'),
  row(lampZh, '木质台灯，159元。', '木质台灯，现在打八折。', '八折'),
  row(shoes, '云步跑步鞋，每只230克。', '云步跑步鞋，防水又透气。', '防水'),
  row(shoes, '有黑色和荧光绿可选。', '与“飞人三代”一样的鞋底。', '飞人'),
  row(pot, '宜兴手工紫砂壶，配两只杯子。', '宜兴手工紫砂壶，配四只杯子。', '四只'),
  row(pot, '200毫升，适合一个人喝茶。', '德国设计，200毫升。', '德国'),
  row(snack, '一盒三十包，每包25克。', '有机坚果，每天一包。', '有机'),
  row(snack, '核桃、腰果和蔓越莓，每天一包。', '不含防腐剂，包邮到家。', '包邮'),
];
