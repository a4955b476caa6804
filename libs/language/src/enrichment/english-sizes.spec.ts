import { readValues } from './testing/read-values.js';

describe('sizes of an English title', () => {
  it.each([
    ['LARGE HEART WREATH', ['large']],
    ['STORAGE TIN SMALL', ['small']],
    ['Jumbo crayons', ['jumbo']],
    ['MINI CAKE STAND', ['mini']],
    ['T-shirt XL', ['extra large']],
    ['small/medium gloves', ['small', 'medium']],
    ['socks, S/M', []],
    ['size M socks', ['medium']],
    ['CUSHION 30CM', ['30 cm']],
    ['cushion 45 x 45cm', ['45 x 45 cm']],
    ['frame 6" black', ['6 in']],
    ['frame 6 inch', ['6 in']],
    ['A4 notebook', ['A4']],
    ['bottle 500ml', ['500 ml']],
    ['flour 1,5 kg', ['1.5 kg']],
    ['2 x 500ml shampoo', ['500 ml']],
    ['1/2 pint glass', ['1/2 pint']],
    ['rope 10-12 mm', ['10-12 mm']],
  ])('are read from %p: %j', (title, sizes) => {
    expect(readValues(title, 'size').sure).toEqual(sizes);
  });

  it.each([
    'SET OF 3 BOWLS',
    'CAKESTAND 3 TIER',
    'PACK/12 TISSUES',
    'miniature railway',
    "IT'S A SMALL WORLD POSTER",
    '5 G phone',
    '5G router',
    '3 IN 1 TOOL',
    "70'S TRAY",
    'BIG BEN MAGNET',
    'litter for small dogs',
    'baby grow 6-12m',
    '$5 voucher',
    'LETTER S KEY RING',
    'shorts',
  ])('are not read from %p', (title) => {
    expect(readValues(title, 'size')).toEqual({ sure: [], asked: [] });
  });

  it.each([
    ['VASE TALL', ['tall']],
    ['SHIRT, M', ['medium']],
    ['BAG WITH LARGE POCKETS', ['large']],
    ['SHELF UP TO 5KG', ['5 kg']],
    ['BOWL LGE', ['large']],
  ])('are left to a person in %p: %j', (title, sizes) => {
    expect(readValues(title, 'size')).toEqual({ sure: [], asked: sizes });
  });
});

describe('materials of an English title', () => {
  it.each([
    ['WOODEN SPOON', ['wood']],
    ['glass vase', ['glass']],
    ['Stainless steel & bamboo box', ['stainless steel', 'bamboo']],
    ['faux leather bag', ['faux leather']],
    ['made of recycled glass', ['glass']],
    ['Material: 100% cotton', ['cotton']],
    ['WINE GLASS', []],
    ['BISCUIT TIN', []],
    ['marble effect tray', []],
    ['plastic free soap', []],
    ['cotton candy', []],
    ['PINE CONE WREATH', []],
    ['reading glasses', []],
  ])('are read from %p: %j', (title, materials) => {
    expect(readValues(title, 'material').sure).toEqual(materials);
  });
});
