import type { Item } from '@attune/sdk';
import { evidenceOf } from './evidence.js';
import { inventionsIn } from './inventions.js';

const item: Item = {
  id: 'a',
  title: 'Bowl',
  brand: 'Acme',
  categories: ['Kitchen'],
  tags: ['gift'],
  price: { amount: 1250.5, currency: 'GBP' },
  reviews: 'Waterproof, made of silver!',
  attributes: {
    width_cm: 30,
    heightMm: 12.5,
    dishwasherSafe: false,
    microwave_safe: true,
    vegan: 'no',
    colors: ['red', 'blue'],
  },
};
const facts = { values: new Map<string, readonly string[]>() };
const found = (text: string): readonly string[] => inventionsIn(text, evidenceOf(item), facts).map((one) => one.text);

describe('evidenceOf', () => {
  it('holds what the shop says of an item, with the names of attributes', () => {
    expect(evidenceOf(item)).toEqual({
      texts: [
        ...['Bowl', 'Kitchen', 'Acme', 'gift', 'width cm: 30 cm', 'height Mm: 12.5 Mm', 'not dishwasher Safe'],
        ...['microwave safe', 'not vegan', 'colors: red', 'colors: blue', '1250.5 GBP', '£1250.5'],
      ],
      names: ['Bowl'],
    });
  });

  it('lets a text say it in other forms', () => {
    expect(found('30 cm wide, 12.5mm high, microwave-safe, red or blue, £1,250.50, 1250.5 pounds')).toEqual([]);
  });

  it('is no evidence for what is denied, what reviews say, or another unit', () => {
    expect(found('dishwasher safe')).toEqual(['dishwasher safe']);
    expect(found('vegan, waterproof, silver, 30 mm')).toEqual(['vegan', 'waterproof', 'silver', '30 mm']);
  });
});
