import { saysProtected } from './protected-words.js';

describe('saysProtected', () => {
  it.each([
    ...[
      'Often searches for gifts for women',
      'Searches for: muslim prayer rugs',
      'For a man of 70',
      'Wheelchair bags',
      'Gay pride mugs',
    ],
    ...[
      'A pregnant friend',
      'Things for teens',
      'Black women',
      '经常搜索穆斯林用品',
      '给妈妈的礼物',
      '残障人士用品',
      'A LADY',
      'non-binary',
    ],
  ])('finds what a person is in %j', (text) => expect(saysProtected(text)).toBe(true));

  it.each([
    ...[
      'Often picks kitchen',
      'Often picks color: white',
      'Often picks color: black',
      'Usually pays 1.2 to 1.3 GBP for kitchen',
    ],
    ...[
      'Searches for: enamel mugs',
      'Often picks material: wood',
      'Human tea mugs',
      'Mansion lamps',
      '经常选择颜色：黑色',
      '常买厨房用品',
    ],
  ])('finds nothing in %j', (text) => expect(saysProtected(text)).toBe(false));

  it('reads long hostile texts in time that grows with their length', () => {
    expect(saysProtected(`${'wom'.repeat(20_000)}${'color: '.repeat(20_000)}`)).toBe(false);
  });
});
