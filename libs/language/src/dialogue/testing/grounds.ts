import type { Item } from '@attune/sdk';
import type { GroundingFacts } from '../../grounding/lexicon.js';
import { newDialogue, type DialogueState } from '../dialogue-state.js';
import type { ReplyGround } from '../held-reply.js';
import { foundReply } from '../reply.js';
import { moneyIn } from '../said-constraints.js';
import type { Telling } from '../told-item.js';

export const ENGLISH: Telling = { language: 'en', blocked: ['darn'], money: moneyIn('en', 'GBP') };
export const CHINESE: Telling = { language: 'zh', blocked: ['可恶'], money: moneyIn('zh', 'CNY') };

const FACTS: GroundingFacts = {
  values: new Map([
    ['color', ['red', 'blue', 'clear', 'green', '红色', '蓝色', '透明']],
    ['material', ['enamel', 'porcelain', 'glass', 'leather', '搪瓷', '陶瓷', '玻璃', '不锈钢']],
    ['brand', ['Kiln & Clay', 'Norrland', 'Falconer', '小熊', '云步']],
  ]),
  names: ['Galaxy Pendant', '月光茶壶'],
};
const gbp = (amount: number): Item['price'] => ({ amount, currency: 'GBP' });
const cny = (amount: number): Item['price'] => ({ amount, currency: 'CNY' });

export const MUGS: readonly Item[] = [
  {
    id: 'red',
    title: 'Red enamel mug',
    brand: 'Kiln & Clay',
    categories: ['Mugs'],
    description: 'For tea by the fire. Holds 320 ml.',
    price: gbp(4.5),
    attributes: { color: 'red', material: 'enamel' },
  },
  {
    id: 'blue',
    title: 'Blue porcelain mug with lid',
    brand: 'Norrland',
    categories: ['Mugs'],
    price: gbp(6),
    attributes: { color: 'blue', material: 'porcelain' },
  },
  {
    id: 'glass',
    title: 'Tall glass mug',
    categories: ['Mugs'],
    price: gbp(3.25),
    attributes: { color: 'clear', material: 'glass' },
  },
];
export const CUPS: readonly Item[] = [
  {
    id: 'red',
    title: '红色搪瓷杯',
    brand: '小熊',
    categories: ['杯子'],
    price: cny(45),
    attributes: { 颜色: '红色', 材质: '搪瓷' },
  },
  {
    id: 'blue',
    title: '蓝色带盖马克杯',
    brand: '云步',
    categories: ['杯子'],
    price: cny(60),
    attributes: { 颜色: '蓝色', 材质: '陶瓷' },
  },
  {
    id: 'glass',
    title: '高玻璃杯',
    categories: ['杯子'],
    price: cny(32.5),
    attributes: { 颜色: '透明', 材质: '玻璃' },
  },
];

function groundOf(items: readonly Item[], state: DialogueState, telling: Telling, exact: number): ReplyGround {
  const reply = foundReply({ kind: 'find', state, items, exact, relative: [] }, telling);
  return { reply, message: state.query, cited: items.map((item, i) => ({ place: i + 1, item })), facts: FACTS };
}

/** Nothing is spill-proof: the shopper said it. */
export const ENGLISH_GROUND = groundOf(
  MUGS,
  { ...newDialogue('en'), query: 'spill-proof mug', constraints: { 'price.amount': { $lte: 7 } } },
  ENGLISH,
  0,
);
export const CHINESE_GROUND = groundOf(CUPS, { ...newDialogue('zh'), query: '杯子' }, CHINESE, 3);
