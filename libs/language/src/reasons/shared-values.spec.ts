import { sharedValues } from './shared-values.js';
import { bottle, box, lamp, mug } from './testing/shop.js';

describe('sharedValues', () => {
  it('tells what all have: brand, categories, attributes', () => {
    expect(sharedValues(bottle, [box])).toEqual(['category: Kitchen', 'print: spaceboy']);
    expect(sharedValues(mug, [box, { ...mug, brand: 'Other' }])).toEqual(['color: red']);
    expect(sharedValues(mug, [{ id: 'x', title: 'X', brand: 'Kiln & Clay' }])).toEqual(['brand: Kiln & Clay']);
  });

  it('tells nothing where nothing is shared, where there is no evidence, and of what a shop keeps to itself', () => {
    expect([sharedValues(mug, [lamp]), sharedValues(mug, [])]).toEqual([[], []]);
    const costly = { id: 'x', title: 'X', attributes: { cost: 3 } };
    expect(sharedValues(costly, [costly])).toEqual([]);
  });
});
