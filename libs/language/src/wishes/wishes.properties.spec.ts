import { predicateSchema } from '@attune/sdk';
import * as fc from 'fast-check';
import { CHINESE_SENTENCES } from './testing/chinese.sentences.js';
import { ENGLISH_QUERIES } from './testing/english-queries.sentences.js';
import { ENGLISH_TURNS } from './testing/english-turns.sentences.js';
import { CHINESE_SHOP, ENGLISH_SHOP } from './testing/shops.js';
import { WishReader } from './wish-reader.js';
import type { Facts, WishMode } from './wish.js';

const readers = [new WishReader(ENGLISH_SHOP), new WishReader(CHINESE_SHOP)];

const words = [...ENGLISH_QUERIES, ...ENGLISH_TURNS, ...CHINESE_SENTENCES].flatMap(([, says]) =>
  says.split(/(?<=\s)|(?=\p{Script=Han})/u),
);
const signs = [...'-–,，.。!?/&+%£$€¥:#~<>()"\'\u3000', ' ', '\u0301', '\ud83d', '\ud83d\ude00', '１', 'ｶﾞ', '€'];
/** Words that the readers quarrel over. */
const core = [
  ...'red |blue |glass |color |size |XL |38 |brand |by |Acme |mugs |kitchen |category |not |no |or |but |only |free |any '.split(
    '|',
  ),
  ...'under |£5 |10 |between |and |to |less |cheaper |cheapest |first |two |compare |more |doesn’t matter |红色|玻璃|颜色|不要|的'.split(
    '|',
  ),
  ...'50|元|以下|五十|到|便宜|第二个|杯子|, |-|，'.split('|'),
];
const said = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...core) },
      { weight: 4, arbitrary: fc.constantFrom(...words) },
      fc.constantFrom(...signs),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(''));
const texts = fc.oneof({ weight: 4, arbitrary: said }, fc.string({ unit: 'binary', maxLength: 300 }));
const modes = fc.constantFrom<WishMode>('query', 'turn');
const reader = fc.constantFrom(...readers);

describe('whatever is said', () => {
  it('spans lie within the text, in order, and none over another', () => {
    fc.assert(
      fc.property(reader, texts, modes, (by, text, mode) => {
        const wish = by.read(text, { mode });
        let end = 0;
        for (const { span, text: part } of wish.parts) {
          expect(span[0]).toBeGreaterThanOrEqual(end);
          expect(span[1]).toBeGreaterThan(span[0]);
          expect(part).toBe(text.slice(...span));
          end = span[1];
        }
        const others = [...wish.parts, ...wish.relative, ...wish.foreign]
          .map(({ span }) => span)
          .sort(([a], [b]) => a - b);
        for (const [i, span] of others.entries()) expect(span[0]).toBeGreaterThanOrEqual(others[i - 1]?.[1] ?? 0);
        expect(others.at(-1)?.[1] ?? 0).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 3000 },
    );
  });

  it('the filter is one that everybody accepts', () => {
    fc.assert(
      fc.property(reader, texts, modes, (by, text, mode) => {
        const { filter } = by.read(text, { mode });
        if (filter !== undefined) expect(predicateSchema.parse(filter)).toEqual(filter);
      }),
      { numRuns: 1000 },
    );
  });

  it('the rest is made of the words that were said, in their order', () => {
    fc.assert(
      fc.property(reader, texts, modes, (by, text, mode) => {
        let at = 0;
        for (const word of by
          .read(text, { mode })
          .rest.split(/\s+/)
          .filter((one) => one !== '')) {
          at = text.indexOf(word, at);
          expect([word, at >= 0]).toEqual([word, true]);
          at += word.length;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('is read the same again', () => {
    fc.assert(
      fc.property(reader, texts, modes, (by, text, mode) => {
        expect(by.read(text, { mode })).toEqual(by.read(text, { mode }));
      }),
    );
  });
});

describe('hostile texts', () => {
  const pieces = [
    'red ',
    'not ',
    'not red or ',
    '10 ',
    '£5 - ',
    'under ',
    'a',
    '-',
    'a-',
    '红',
    '不要红色或',
    '十',
    '第',
    'the ',
    '1,',
    '\u0300',
    'ｶﾞ',
  ];

  it('of 2000 characters take a moment', () => {
    const began = process.cpuUsage();
    for (const piece of pieces) for (const by of readers) by.read(piece.repeat(2000));
    // Together some 0.3 s; a quadratic step over all that is repeated takes minutes.
    expect(process.cpuUsage(began).user).toBeLessThan(20e6);
  });

  it('are read up to their 2000th character', () => {
    const [by] = readers;
    expect(by!.read(`${' '.repeat(1992)} red blue`).parts).toMatchObject([{ text: 'red' }]);
  });
});

describe('hostile catalogues', () => {
  const shop = (part: Partial<Facts>): WishReader =>
    new WishReader({ attributes: new Map(), categories: [], brands: [], currency: undefined, ...part });

  it('an attribute that no filter can name is left out', () => {
    for (const name of ['颜色', 'a b', '$ne', '', 'x'.repeat(300), 'a"b'])
      expect(shop({ attributes: new Map([[name, ['red']]]) }).read('red mug').filter).toBeUndefined();
  });

  it('names of the language of objects are names', () => {
    const by = shop({
      attributes: new Map([
        ['__proto__', ['constructor']],
        ['constructor', ['toString']],
      ]),
      brands: ['__proto__', 'hasOwnProperty'],
    });
    expect(by.read('constructor and toString by hasOwnProperty').filter).toEqual({
      'attributes.__proto__': { $in: ['constructor'] },
      'attributes.constructor': { $in: ['toString'] },
      brand: { $in: ['hasOwnProperty'] },
    });
  });

  it('values without letters, endless ones and those of every sentence name nothing', () => {
    const by = shop({
      attributes: new Map([['kind', ['', ' ', '!!!', 'x'.repeat(5000), 'the', 'no', 'a b c d e f g h i j']]]),
      brands: ['', '-'],
    });
    expect(by.read('the one with no a b c d e f g h i j - !!! red').filter).toBeUndefined();
  });

  it('thousands of names that are written alike stay one word', () => {
    const by = shop({
      brands: Array.from(
        { length: 5000 },
        (_, i) =>
          'Acme'.replace(/./g, (char, at: number) => ((i >> at) & 1 ? char.toUpperCase() : char.toLowerCase())) +
          ' '.repeat(i % 50),
      ),
    });
    const { filter } = by.read('something by acme');
    expect(predicateSchema.safeParse(filter).success).toBe(true);
  });

  it('prices in any currency are the shop’s where it has none', () => {
    expect(shop({}).read('under $10').filter).toEqual({ 'price.amount': { $lte: 10 } });
  });
});
