import type { Facts } from '../wish.js';

/** A shop that sells in English. */
export const ENGLISH_SHOP: Facts = {
  attributes: new Map([
    [
      'color',
      ['red', 'blue', 'green', 'black', 'white', 'gray', 'navy blue', 'pink', 'gold', 'silver', 'orange', 'yellow'],
    ],
    ['material', ['ceramic', 'glass', 'wood', 'metal', 'plastic', 'cotton', 'stainless steel', 'paper', 'leather']],
    ['size', ['S', 'M', 'L', 'XL', '38', '40']],
    ['style', ['vintage', 'modern', 'handmade']],
  ]),
  categories: ['Mugs', 'Kitchen', 'Bags', 'Wall Art', 'Candles', 'Cake Tins', 'Lighting'],
  brands: ['Acme', 'Red Bull', 'Under Armour', 'Blue Harbor'],
  currency: 'GBP',
};

/** A shop that sells in Chinese. */
export const CHINESE_SHOP: Facts = {
  attributes: new Map([
    ['color', ['红色', '蓝色', '黑色', '白色', '绿色', '粉色']],
    ['material', ['陶瓷', '玻璃', '不锈钢', '塑料', '棉']],
    ['size', ['S', 'M', 'L', '38', '40']],
  ]),
  categories: ['杯子', '保温杯', '手机壳', '背包', '厨房用品'],
  brands: ['小米', '海尔', 'Acme'],
  currency: 'CNY',
};
