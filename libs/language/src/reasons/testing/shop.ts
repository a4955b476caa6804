import type { Item } from '@attune/sdk';
import type { ReasonCheck } from '../held-reason.js';

export const bottle: Item = {
  id: 'bottle',
  title: 'Spaceboy water bottle',
  brand: 'Rocketry',
  categories: ['Kitchen'],
  attributes: { color: 'blue', print: 'spaceboy', capacity_ml: 500 },
};
export const box: Item = {
  id: 'box',
  title: 'Spaceboy lunch box',
  categories: ['Kitchen'],
  attributes: { color: 'red', print: 'spaceboy' },
};
export const lamp: Item = {
  id: 'lamp',
  title: 'Vintage desk lamp',
  attributes: { color: 'blue', material: 'brass' },
};
export const mug: Item = { id: 'mug', title: 'Red enamel mug', brand: 'Kiln & Clay', attributes: { color: 'red' } };
export const blueMug: Item = { id: 'blue-mug', title: 'Blue enamel mug', attributes: { color: 'blue' } };
export const cup: Item = { id: 'cup', title: '星空陶瓷马克杯', attributes: { 颜色: '白色' } };
export const teapot: Item = { id: 'teapot', title: '白瓷功夫茶壶' };
export const brassLamp: Item = { id: 'brass-lamp', title: '复古黄铜台灯' };
export const deskLamp: Item = { id: 'desk-lamp', title: '北欧台灯' };

/** A reason for an item by its key; evidence, params and query where it has some. */
export const reasonFor = (
  item: Item,
  reason: string,
  evidence: readonly Item[] = [],
  more: Partial<ReasonCheck> = {},
): ReasonCheck => ({
  item,
  reason,
  evidence,
  params: {},
  query: undefined,
  language: 'en',
  facts: { values: new Map() },
  blocked: [],
  ...more,
});

const zh = { language: 'zh' } as const;
const query = (text: string, words?: string): Partial<ReasonCheck> => ({
  query: text,
  ...(words !== undefined && { params: { words } }),
});

export const bottleForBox = reasonFor(bottle, 'because-you-bought', [box]);
export const mugForLamp = reasonFor(mug, 'because-you-viewed', [lamp]);
export const bottleForCart = reasonFor(bottle, 'because-in-cart', [box]);
export const bottleWithBox = reasonFor(bottle, 'goes-with', [box]);
export const mugAgain = reasonFor(mug, 'bought-before');
export const redMug = reasonFor(mug, 'attribute-match', [box], { params: { attribute: 'color', value: 'red' } });
export const mugAsked = reasonFor(mug, 'matches-query', [], query('red mug', 'red, mug'));
export const blueMugAsked = reasonFor(blueMug, 'matches-query', [], query('red mug', 'mug'));
export const mugClose = reasonFor(mug, 'close-to-query', [], query('tea cup'));
export const popularMug = reasonFor(mug, 'popular');
export const cupForTeapot = reasonFor(cup, 'because-you-bought', [teapot], zh);
export const lampForLamp = reasonFor(deskLamp, 'because-you-viewed', [brassLamp], zh);
export const cupForCart = reasonFor(cup, 'because-in-cart', [teapot], zh);
export const cupAsked = reasonFor(cup, 'matches-query', [], { ...query('马克杯', '马克杯'), ...zh });
export const cupBy = (reason: string): ReasonCheck => reasonFor(cup, reason, [], zh);
