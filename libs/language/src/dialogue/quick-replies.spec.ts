import * as fc from 'fast-check';
import { CHINESE_SHOP, ENGLISH_SHOP } from '../wishes/testing/shops.js';
import type { Facts } from '../wishes/wish.js';
import { WishReader } from '../wishes/wish-reader.js';
import { newDialogue, withShown } from './dialogue-state.js';
import { firstReplies, quickReplies, withdrawal, type QuickReply } from './quick-replies.js';
import { added, countsOf } from './testing/offered.js';
import { after, SHOWN } from './testing/talk.js';
import { intentOf } from './turn-intent.js';

const labels = (replies: readonly QuickReply[]): readonly string[] => replies.map(({ label }) => label);

describe('quick replies', () => {
  it('offer what parts what was found, something cheaper and more', () => {
    const counts = [
      {
        path: 'attributes.color',
        values: [
          { value: 'red', count: 5 },
          { value: 'blue', count: 3 },
          { value: 'gold', count: 10 },
        ],
      },
      { path: 'price.amount', values: [{ value: '4', count: 5 }] },
      {
        path: 'categories',
        values: [
          { value: 'Mugs', count: 10 },
          { value: 'Kitchen', count: 4 },
        ],
      },
    ];
    const facts = { total: 10, counted: 10, reader: new WishReader(ENGLISH_SHOP) };
    const state = withShown(newDialogue('en'), SHOWN);
    expect(quickReplies(state, counts, facts)).toEqual([
      { label: 'red', message: 'in red' },
      { label: 'blue', message: 'in blue' },
      { label: 'Kitchen', message: 'in the Kitchen category' },
      { label: 'Cheaper', message: 'Cheaper' },
      { label: 'More', message: 'More' },
    ]);
    const red = { ...state, constraints: { 'attributes.color': { $in: ['red'] } }, sort: 'newest' as const };
    expect(labels(quickReplies(red, counts, { ...facts, total: 3 }))).toEqual(['Kitchen']);
    expect(labels(quickReplies(newDialogue('en'), [], { ...facts, total: 0 }))).toEqual(['Start over']);
  });

  it.each([
    ['en', ENGLISH_SHOP],
    ['zh', CHINESE_SHOP],
  ] as const)('add, once they are said, what they show (%s)', (language, facts) => {
    const reader = new WishReader(facts);
    const state = withShown(newDialogue(language), SHOWN);
    let offered = 0;
    for (const { path, values } of countsOf(facts))
      for (const one of values) {
        const said = added(
          { ...state, query: language === 'en' ? 'lamp' : '灯' },
          [{ path, values: [{ ...one, count: 1 }] }],
          reader,
        );
        expect([path, one.value, said.every(([, holds]) => holds)]).toEqual([path, one.value, true]);
        offered += said.length;
      }
    const all = countsOf(facts).reduce((sum, { values }) => sum + values.length, 0);
    // Nearly every value of an ordinary shop can be said.
    expect([offered / all > 0.9, offered, all]).toEqual([true, offered, all]);
  });

  it('add what they show whatever values and fields are called, or are not offered', () => {
    const odd = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 45 }),
      fc.constantFrom(
        '$&',
        '{0}',
        '{1}',
        'not',
        'the',
        'cheap',
        'any color',
        'under £5',
        'M',
        '38',
        'in',
        '红色',
        '不要',
        '要',
        '“a”',
        'a: b',
        'a/b',
        'R&D',
        '100%',
        'second',
        'more',
        'Start over',
        'help',
        'human',
        'my order',
        'red or blue',
      ),
    );
    const names = fc.constantFrom(
      'color',
      'material',
      'size',
      'careInstructions',
      'fit_type',
      'a.b',
      'x-y',
      'not',
      'price',
      'brand',
      'first',
    );
    const facts = fc.record({
      attributes: fc
        .array(fc.tuple(names, fc.array(odd, { maxLength: 4 })), { maxLength: 4 })
        .map((all) => new Map(all)),
      categories: fc.array(odd, { maxLength: 4 }),
      brands: fc.array(odd, { maxLength: 4 }),
      currency: fc.constant('GBP'),
    });
    fc.assert(
      fc.property(facts, fc.constantFrom('en', 'zh'), (shop, language) => {
        const reader = new WishReader(shop);
        const state = withShown({ ...newDialogue(language), query: 'lamp' }, SHOWN);
        for (const one of added(state, countsOf(shop), reader)) expect(one).toEqual([one[0], true]);
        for (const { message, label } of firstReplies(shop.categories, language, reader).slice(0, -1))
          expect([message, after(reader, newDialogue(language), message).constraints['categories']?.$in]).toEqual([
            message,
            expect.arrayContaining([label]),
          ]);
        for (const { path } of countsOf(shop)) {
          const say = withdrawal(path, language, reader);
          if (say === undefined) continue;
          const asked = { ...state, constraints: { [path]: { $in: ['x'] } } };
          expect([say, after(reader, asked, say).constraints, after(reader, asked, say).query]).toEqual([
            say,
            {},
            'lamp',
          ]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('say what does not matter any more, of every field of an ordinary shop', () => {
    const [en, zh] = [new WishReader(ENGLISH_SHOP), new WishReader(CHINESE_SHOP)];
    const paths = ['price.amount', 'categories', 'brand', 'attributes.color', 'attributes.material', 'attributes.size'];
    expect(paths.map((path) => withdrawal(path, 'en', en))).toEqual([
      'any price',
      'any category',
      'any brand',
      'any color',
      'any material',
      'any size',
    ]);
    expect(paths.map((path) => withdrawal(path, 'zh', zh))).toEqual([
      '价格不限',
      '类别不限',
      '品牌不限',
      '颜色不限',
      '材质不限',
      '尺寸不限',
    ]);
  });

  it('that are always there are understood', () => {
    for (const [language, facts, kinds] of [
      ['en', ENGLISH_SHOP, ['find', 'more', 'start-over', 'help']],
      ['zh', CHINESE_SHOP, ['find', 'more', 'start-over', 'help']],
    ] as const) {
      const reader = new WishReader(facts);
      const state = withShown(newDialogue(language), SHOWN);
      const fixed = [
        ...quickReplies(state, [], { total: 9, counted: 9, reader }),
        ...quickReplies(newDialogue(language), [], { total: 0, counted: 0, reader }),
        firstReplies([], language, reader).at(-1)!,
      ];
      expect(fixed.map(({ message }) => intentOf(message, reader.read(message), state).kind)).toEqual(kinds);
    }
  });

  it('are six at most, and offer no value that is too long for a button', () => {
    const values = Array.from({ length: 50 }, (_, i) => `value${i}`);
    const facts: Facts = {
      ...ENGLISH_SHOP,
      categories: ['x'.repeat(41), ...values],
      attributes: new Map([['kind', values.map((value) => `${value} kind`)]]),
    };
    const reader = new WishReader(facts);
    const state = withShown(newDialogue('en'), SHOWN);
    expect(quickReplies(state, countsOf(facts), { total: 50, counted: 50, reader })).toHaveLength(6);
    expect(labels(firstReplies(facts.categories, 'en', reader))).toHaveLength(6);
    expect(labels(firstReplies(facts.categories, 'en', reader))[0]).toBe('value0');
  });
});
