import { duplicateGroups } from './duplicate-groups.js';

/** Groups of titles, their places as ids. */
const groups = (...titles: readonly string[]): readonly (readonly string[])[] =>
  duplicateGroups(titles.map((title, i) => ({ id: String(i), title })));

describe('duplicateGroups', () => {
  it.each([
    ['RED MUG', 'Mug, red'],
    ['Grey blanket', 'blanket (gray)'],
    ['CUSHION 30CM', 'cushion 30 cm'],
    ['Café table', 'CAFE TABLE'],
    ['salt & pepper', 'Salt and Pepper'],
    ['Children\u2019s mug', "childrens' mug"],
    ['红色毛巾', '红色 毛巾'],
    ['Cake&nbsp;stand', 'cake stand'],
    [
      'Handmade decorative wall clock from recycled bicycle parts with roman figures',
      'Handmade decorative wall clock from recycled bicycle parts with roman figurs',
    ],
  ])('finds that %p and %p are one thing', (a, b) => {
    expect(groups(a, 'something else', b)).toEqual([['0', '2']]);
  });

  it.each([
    ['RED MUG', 'BLUE MUG'],
    ['RED MUG', 'MUG'],
    ['red mug, white lid', 'white mug, red lid'],
    ['light pink pen', 'hot pink pen'],
    ['BOWL LARGE', 'BOWL SMALL'],
    ['cushion 30cm', 'cushion 40cm'],
    ['SET OF 3 BOWLS', 'SET OF 4 BOWLS'],
    ['LETTER "A" KEY RING', 'LETTER "B" KEY RING'],
    ['mug', 'mugs'],
    ['frame 6"', "frame 6'"],
    ['M3 screw', 'M4 screw'],
    [
      'Decorative running jacket for men with reflecting stripes and zipped pockets',
      'Decorative running jacket for women with reflecting stripes and zipped pockets',
    ],
    [
      'Protective cover for garden furniture, rain and sun resistant, left side',
      'Protective cover for garden furniture, rain and sun resistant, right side',
    ],
    [
      'Handmade decorative wall clock from recycled bicycle parts with roman figures 2019',
      'Handmade decorative wall clock from recycled bicycle parts with roman figurs 2020',
    ],
    ['红色毛巾', '蓝色毛巾'],
    ['男款羽绒服', '女款羽绒服'],
  ])('keeps %p and %p apart', (a, b) => {
    expect(groups(a, b)).toEqual([]);
  });

  it('gives groups and ids in the order of the items, each id once', () => {
    const items = [
      { id: 'b', title: 'blue bowl' },
      { id: 'a', title: 'red mug' },
      { id: 'c', title: 'mug red' },
      { id: 'd', title: 'Bowl, blue' },
      { id: 'a', title: 'RED MUG' },
      { id: 'e', title: 'green cup' },
      { id: 'e', title: 'GREEN CUP' },
    ];
    expect(duplicateGroups(items)).toEqual([
      ['b', 'd'],
      ['a', 'c'],
    ]);
  });

  it('does not add errors up', () => {
    const title = (word: string): string =>
      `handmade decorative wall clock from recycled ${word} parts with roman figures and a long story`;
    expect(groups(title('bicycles'), title('bicyclsz'), title('bicylszz'))).toEqual([['0', '1']]);
  });

  it('finds nothing in titles without words, and nothing in nothing', () => {
    expect(groups('', '   ', '!!!', '<b></b>')).toEqual([]);
    expect(duplicateGroups([])).toEqual([]);
  });

  it('takes little time for long ones of the same words', () => {
    const letters = (i: number): string =>
      String.fromCharCode(97 + (i % 26), 97 + ((i >> 4) % 26), 97 + ((i >> 7) % 26));
    const title = (i: number): string =>
      Array.from({ length: 90 }, (_, j) => `wordy${letters(j)}${letters(i * (j % 7))}`).join(' ');
    const began = process.cpuUsage().user;
    duplicateGroups(Array.from({ length: 400 }, (_, i) => ({ id: String(i), title: title(i) })));
    expect(process.cpuUsage().user - began).toBeLessThan(6_000_000);
  });

  it('takes little time for many alike', () => {
    const began = process.cpuUsage().user;
    const many = Array.from(
      { length: 20_000 },
      (_, i) =>
        `decorative handmade wall clock ${i % 2 === 0 ? '' : `${i} `}of wood and brass number ${String.fromCharCode(97 + (i % 26)).repeat(9)}${String.fromCharCode(97 + ((i >> 5) % 26)).repeat(7)}`,
    );
    duplicateGroups(many.map((title, i) => ({ id: String(i), title })));
    expect(process.cpuUsage().user - began).toBeLessThan(10_000_000);
  });
});
