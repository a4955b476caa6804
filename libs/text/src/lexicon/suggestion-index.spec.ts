import * as fc from 'fast-check';
import { editsBetween, typosAllowed } from './edits.js';
import { SuggestionIndex, type SuggestionEntry } from './suggestion-index.js';

function indexOf<E extends SuggestionEntry>(entries: readonly E[]): SuggestionIndex<E> {
  const index = new SuggestionIndex<E>();
  for (const entry of entries) index.add(entry);
  return index;
}

const shop = indexOf([
  { text: 'Lunch box', weight: 5, kind: 'category' },
  { text: 'Spaceboy lunch box', weight: 3, kind: 'title' },
  { text: 'Dolly girl lunch bag', weight: 2, kind: 'title' },
  { text: 'Box of chocolates', weight: 1, kind: 'title' },
  { text: '不锈钢保温杯 500ml', weight: 1, kind: 'title' },
  { text: '保温饭盒', weight: 2, kind: 'title' },
]);
const texts = (typed: string, k = 10) => shop.suggest(typed, k).map(({ entry }) => entry.text);

describe('SuggestionIndex', () => {
  it.each([
    ['lu', ['Lunch box', 'Spaceboy lunch box', 'Dolly girl lunch bag']],
    ['LUNCH b', ['Lunch box', 'Spaceboy lunch box', 'Dolly girl lunch bag']],
    ['box lun', ['Lunch box', 'Spaceboy lunch box']],
    ['lun box', []],
    ['box', ['Box of chocolates', 'Lunch box', 'Spaceboy lunch box']],
    ['boox', ['Box of chocolates', 'Lunch box', 'Spaceboy lunch box']],
    ['dolly girl lu', ['Dolly girl lunch bag']],
    ['luch b', ['Lunch box', 'Spaceboy lunch box', 'Dolly girl lunch bag']],
    ['chocc', ['Box of chocolates']],
    ['保温', ['保温饭盒', '不锈钢保温杯 500ml']],
    ['不', ['不锈钢保温杯 500ml']],
    ['温杯', ['不锈钢保温杯 500ml']],
    ['保温杯 5', ['不锈钢保温杯 500ml']],
    ['zebra', []],
  ])('completes %j', (typed, expected) => expect(texts(typed)).toEqual(expected));

  it('gives the best of all where nothing is typed', () => {
    expect(texts('', 2)).toEqual(['Lunch box', 'Spaceboy lunch box']);
    expect(texts('🎁', 1)).toEqual(['Lunch box']);
    expect(shop.suggest('lu', 0)).toEqual([]);
  });

  it('says how many typos it forgave', () => {
    expect(shop.suggest('luch', 1)[0]).toMatchObject({ edits: 1, entry: { kind: 'category' } });
    expect(shop.suggest('lunch', 1)[0]).toMatchObject({ edits: 0 });
  });

  it('follows a boost among those that begin with what is typed, and among those that have it later', () => {
    const dolly = shop.suggest('lunch', 3, ({ text }) => (text.startsWith('Dolly') ? 9 : 1));
    expect(dolly.map(({ entry }) => entry.text)).toEqual(['Lunch box', 'Dolly girl lunch bag', 'Spaceboy lunch box']);
  });

  it('prefers what begins so, however light and however many are heavier', () => {
    const many = Array.from({ length: 2500 }, (_, i) => ({ text: `item${i} lunch`, weight: 9 }));
    const index = indexOf([...many, { text: 'Lunch box', weight: 0 }, { text: 'Lunch bag', weight: 1 }]);
    const found = index.suggest('lunch', 3).map(({ entry }) => entry.text);
    expect(found).toEqual(['Lunch bag', 'Lunch box', 'item0 lunch']);
  });

  it('keeps the heaviest of entries with the same words, and learns more later', () => {
    const index = indexOf([
      { text: 'Lunch box', weight: 1 },
      { text: 'LUNCH-BOX', weight: 2 },
      { text: '!!!', weight: 9 },
    ]);
    expect(index.suggest('l', 5).map(({ entry }) => entry.text)).toEqual(['LUNCH-BOX']);
    index.add({ text: 'Lunch bag', weight: 3 });
    expect(index.suggest('l', 5).map(({ entry }) => entry.text)).toEqual(['Lunch bag', 'LUNCH-BOX']);
    expect(index.size).toBe(2);
  });

  it('takes hostile texts', () => {
    for (const typed of ['lunch '.repeat(200), 'z'.repeat(1000), '保'.repeat(1000), '\ud800', '(a+)+$', '%00\0'])
      expect(() => shop.suggest(typed, 10)).not.toThrow();
    expect(() => indexOf([{ text: '杯'.repeat(1000), weight: 1 }]).suggest('杯'.repeat(100), 1)).not.toThrow();
  });

  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 6 });
  const phrase = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
  const entries = fc.uniqueArray(fc.record({ text: phrase, weight: fc.nat({ max: 5 }) }), {
    selector: ({ text }) => text,
    maxLength: 15,
  });

  /** Typos with which an entry matches by the stated rule; Infinity where it does not. */
  function typosOf(typed: readonly string[], text: string, forgiving: boolean): number {
    const words = text.split(' ');
    const each = typed.map((one, i) => {
      const bound = forgiving ? typosAllowed(one) : 0;
      const last = i === typed.length - 1;
      const targets = last
        ? words.flatMap((w) => Array.from({ length: w.length + 1 }, (_, e) => w.slice(0, e)))
        : words;
      return Math.min(...targets.map((target) => editsBetween(one, target, bound)));
    });
    return each.reduce((sum, edits) => sum + edits, 0);
  }

  /** Whether the words of an entry begin with those typed, one for one. */
  const begins = (typed: readonly string[], text: string, forgiving: boolean): boolean =>
    typed.every((one, i) => {
      const word = text.split(' ')[i];
      if (word === undefined) return false;
      if (i === typed.length - 1) return typosOf([one], word, forgiving) < Infinity;
      return editsBetween(one, word, forgiving ? typosAllowed(one) : 0) < Infinity;
    });

  it('is what trying every entry gives', () => {
    fc.assert(
      fc.property(entries, phrase, fc.nat({ max: 8 }), fc.boolean(), (all, typed, k, boosted) => {
        const boost = boosted ? ({ text }: SuggestionEntry) => text.length % 3 : undefined;
        const weightOf = (entry: SuggestionEntry) => entry.weight * (boost?.(entry) ?? 1);
        const matching = (forgiving: boolean) =>
          all
            .map((entry, at) => ({ entry, at, edits: typosOf(typed.split(' '), entry.text, forgiving) }))
            .filter(({ edits }) => edits < Infinity);
        const isExact = matching(false).length > 0;
        const found = matching(!isExact);
        const later = ({ text }: SuggestionEntry) => (begins(typed.split(' '), text, !isExact) ? 0 : 1);
        found.sort(
          (a, b) =>
            a.edits - b.edits ||
            later(a.entry) - later(b.entry) ||
            weightOf(b.entry) - weightOf(a.entry) ||
            b.entry.weight - a.entry.weight ||
            a.entry.text.length - b.entry.text.length ||
            a.at - b.at,
        );
        const expected = found.slice(0, k).map(({ entry, edits }) => ({ entry, edits }));
        expect(indexOf(all).suggest(typed, k, boost)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('sorts in slices as it does at once', () => {
    const all = Array.from({ length: 1200 }, (_, i) => ({ text: `word${i % 7} item${i}`, weight: i % 11 }));
    const index = indexOf(all);
    let slices = 0;
    for (const _ of index.settling()) slices++;
    expect(slices).toBe(2);
    expect(index.suggest('word3 it', 20)).toEqual(indexOf(all).suggest('word3 it', 20));
  });
});
