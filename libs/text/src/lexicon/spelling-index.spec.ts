import * as fc from 'fast-check';
import { editsBetween, typosAllowed } from './edits.js';
import { SpellingIndex } from './spelling-index.js';
import { surfaceWords } from './surface-words.js';

const TITLES = [
  'Lunch box with cutlery retrospot',
  'Spaceboy lunch box',
  'Red retrospot mug',
  'White hanging heart t-light holder',
  'Doormat Union Jack',
  'Vintage umbrella',
  'Paper chain kit 50s Christmas',
  '不锈钢保温杯',
  'Crème brûlée ramekin',
  'Hard case',
];

function indexOf(texts: readonly string[]): SpellingIndex {
  const index = new SpellingIndex();
  for (const text of texts) index.add(text);
  return index;
}

const shop = indexOf(TITLES);
const mended = (typed: string): string | undefined => shop.correct(typed)?.text;

describe('SpellingIndex', () => {
  it.each([
    ['luch box', 'lunch box'],
    ['Spaceboi LUNCH box', 'spaceboy lunch box'],
    ['retospot', 'retrospot'],
    ['vinatge umberela', 'vintage umbrella'],
    ['creme brulle', 'creme brulee'],
    ['lunchbox', 'lunch box'],
    ['door mat', 'doormat'],
    ['redretrospot mug', 'red retrospot mug'],
  ])('mends %j to %j', (typed, text) => expect(mended(typed)).toBe(text));

  it.each([
    ['lunch box'],
    ['hard and more'],
    ['rad'],
    ['85123b'],
    ['5os'],
    ['保温林'],
    ['xylophones'],
    [''],
    ['🎁 !!'],
    ['(a+)+$'],
  ])('leaves %j alone', (typed) => expect(mended(typed)).toBeUndefined());

  it('says what it mended, and joins and splits', () => {
    expect(shop.correct('luch box for a door mat')).toEqual({
      text: 'lunch box for a doormat',
      mended: [
        { from: 'luch', to: 'lunch' },
        { from: 'door mat', to: 'doormat' },
      ],
    });
    expect(shop.correct('lunchbox')?.mended).toEqual([{ from: 'lunchbox', to: 'lunch box' }]);
  });

  it('prefers the frequent word, and the one that stands beside its neighbor', () => {
    const index = indexOf(['hand soap', 'hand towel', 'hand cream', 'sand castle']);
    expect(index.correct('gand')?.text).toBe('hand');
    expect(index.correct('zand castle')?.text).toBe('sand castle');
    index.add('sand', 100);
    expect(index.correct('gand')?.text).toBe('sand');
  });

  it('names unknown words, and keeps those it is told to', () => {
    expect(shop.unknown('luch box rad 85123b 保温林 luch')).toEqual(['luch']);
    expect(shop.correct('luch retospot', new Set(['luch']))?.text).toBe('luch retrospot');
  });

  it('knows how often a word occurs', () => {
    expect(shop.weightOf('box')).toBe(2);
    expect(shop.weightOf('boxes')).toBe(0);
  });

  it('takes hostile texts', () => {
    const long = 'umberela '.repeat(200).slice(0, 1000);
    const words = shop.correct(long)!.text.split(' ');
    expect(words.filter((word) => word === 'umbrella')).toHaveLength(8);
    for (const hostile of ['z'.repeat(1000), '\ud800'.repeat(500), '́'.repeat(1000), 'a-'.repeat(500), '\0'])
      expect(mended(hostile)).toBeUndefined();
  });

  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 9 });
  const titles = fc.array(fc.array(word, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 12 });

  it('leaves every text of known words as it is', () => {
    fc.assert(
      fc.property(titles, fc.array(fc.nat(), { maxLength: 6 }), (all, picks) => {
        const known = all.flat();
        const text = picks.map((pick) => known[pick % known.length]!).join(' ');
        expect(indexOf(all.map((title) => title.join(' '))).correct(text)).toBeUndefined();
      }),
    );
  });

  it('answers known words only, within the bound of edits, or the same letters', () => {
    fc.assert(
      fc.property(titles, word, (all, typed) => {
        const index = indexOf(all.map((title) => title.join(' ')));
        const text = index.correct(typed)?.text;
        if (text === undefined) return;
        for (const one of surfaceWords(text)) expect(index.weightOf(one.text)).toBeGreaterThan(0);
        const bound = typosAllowed(typed);
        expect(text.replace(' ', '') === typed || editsBetween(typed, text, bound) <= bound).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
