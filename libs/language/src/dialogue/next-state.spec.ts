import * as fc from 'fast-check';
import { CHINESE_SHOP, ENGLISH_SHOP } from '../wishes/testing/shops.js';
import type { Facts } from '../wishes/wish.js';
import { WishReader } from '../wishes/wish-reader.js';
import { dialogueStateSchema, leftOutWith, newDialogue, withShown, type ShownItem } from './dialogue-state.js';
import { CHINESE_TURNS_SAID, ENGLISH_TURNS_SAID } from './testing/said-turns.js';
import { after, talk } from './testing/talk.js';

const english = (...turns: readonly string[]) => talk(ENGLISH_SHOP, turns);
const COLOR = 'attributes.color';

describe('what is asked for', () => {
  it('grows while something is added to it', () => {
    const { query, constraints } = english('lamp', 'in red', 'under £5', 'with a switch');
    expect([query, constraints]).toEqual(['lamp switch', { [COLOR]: { $in: ['red'] }, 'price.amount': { $lte: 5 } }]);
  });

  it('of another thing keeps color and price, and neither the category, the words, the order nor what was unwanted', () => {
    const before = english('red lamp under £5', 'in the Kitchen category', 'without a cord', 'cheapest first');
    expect(before).toMatchObject({ query: 'lamp', unwanted: ['cord'], sort: 'price-asc' });
    expect(before.constraints).toHaveProperty('categories');
    const state = talk(ENGLISH_SHOP, ['show me umbrellas'], { from: before });
    expect(state).toMatchObject({ query: 'umbrellas', unwanted: [] });
    expect(state.constraints).toEqual({ [COLOR]: { $in: ['red'] }, 'price.amount': { $lte: 5 } });
    expect(state).not.toHaveProperty('sort');
  });

  it('keeps a category that was refused', () => {
    expect(english('lamp', 'not in the Kitchen category', 'umbrella').constraints).toEqual({
      categories: { $nin: ['Kitchen'] },
    });
  });

  it('is cheaper than the middle of what was shown, or than the item that is named', () => {
    expect(english('lamp', 'cheaper').constraints).toEqual({ 'price.amount': { $lt: 4 } });
    expect(english('lamp', 'cheaper than the third one')).toMatchObject({
      query: 'lamp',
      constraints: { 'price.amount': { $lt: 6 } },
    });
    expect(english('lamp', 'more expensive').constraints).toEqual({ 'price.amount': { $gt: 4 } });
  });

  it('is an order of prices where no price was shown', () => {
    const unpriced = { shown: [{ id: 'a' }, { id: 'b' }] };
    expect(talk(ENGLISH_SHOP, ['lamp', 'cheaper'], unpriced)).toMatchObject({ sort: 'price-asc', constraints: {} });
    expect(talk(ENGLISH_SHOP, ['lamp', 'more expensive'], unpriced)).toMatchObject({ sort: 'price-desc' });
  });

  it('loses what does not matter any more', () => {
    expect(english('red lamp', 'any color is fine').constraints).toEqual({});
  });

  it('leaves out what was rejected for good, and what was passed until something new is asked for', () => {
    const passed = english('lamp', 'more');
    expect([passed.passed, passed.rejected]).toEqual([['a', 'b', 'c'], []]);
    const rejected = english('lamp', 'not the second one', 'more', 'umbrella');
    expect([rejected.passed, rejected.rejected]).toEqual([[], ['b']]);
  });

  it('is the like of an item, in another color where one is said, until another thing is asked for', () => {
    const similar = english('lamp', 'the second one in blue');
    expect(similar).toMatchObject({ seed: 'b', constraints: { [COLOR]: { $in: ['blue'] } }, passed: ['a', 'b', 'c'] });
    expect(talk(ENGLISH_SHOP, ['under £5'], { from: similar })).toMatchObject({ seed: 'b' });
    expect(talk(ENGLISH_SHOP, ['umbrella'], { from: similar })).not.toHaveProperty('seed');
  });

  it('is nothing any more when it starts over, or what is said with it; the language stays', () => {
    const from = talk(CHINESE_SHOP, ['红色的灯'], { from: newDialogue('zh') });
    const fresh = talk(CHINESE_SHOP, ['重新开始'], { from, shown: [] });
    expect(fresh).toEqual(newDialogue('zh'));
    expect(english('red lamp', 'not the first one', 'start over, show me umbrellas')).toMatchObject({
      query: 'umbrellas',
      constraints: {},
      rejected: [],
    });
  });

  it('stays as it was when something else is talked of, and counts what was not understood in a row', () => {
    const before = english('red lamp under £5');
    for (const text of ['compare 1 and 2', 'the second one', 'where is my order?', 'talk to a person', 'thanks'])
      expect(talk(ENGLISH_SHOP, [text], { from: before })).toEqual(before);
    expect(english('lamp', '???', '!').unclear).toBe(2);
    expect(english('lamp', '???', 'red', '!').unclear).toBe(1);
  });

  it('keeps the words of Chinese turns', () => {
    const state = talk(CHINESE_SHOP, ['红色的灯', '便宜一点', '不要塑料的'], { from: newDialogue('zh') });
    expect(state).toMatchObject({
      query: '灯',
      constraints: {
        [COLOR]: { $in: ['红色'] },
        'price.amount': { $lt: 4 },
        'attributes.material': { $nin: ['塑料'] },
      },
    });
  });
});

describe('what is remembered', () => {
  const said = [...ENGLISH_TURNS_SAID, ...CHINESE_TURNS_SAID].map(([, text]) => text);
  const words = said.flatMap((text) => text.split(/(?<=\s)|(?=\p{Script=Han})/u));
  const texts = fc.oneof(
    fc.constantFrom(...said),
    fc
      .array(fc.constantFrom(...words, 'not red or blue, ', '-handle ', 'any color '), { maxLength: 30 })
      .map((all) => all.join('')),
    fc.string({ unit: 'binary', maxLength: 2000 }),
  );
  const shown = fc.array(
    fc.record(
      { id: fc.string({ minLength: 1, maxLength: 256 }), price: fc.double({ noNaN: true, min: 0, max: 1e9 }) },
      { requiredKeys: ['id'] },
    ),
    { maxLength: 60 },
  );
  const readers = [new WishReader(ENGLISH_SHOP), new WishReader(CHINESE_SHOP)];

  it('can be read again after any turns', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...readers),
        fc.array(fc.tuple(texts, shown), { minLength: 1, maxLength: 8 }),
        (reader, turns) => {
          let state = newDialogue('en');
          for (const [text, items] of turns) {
            state = withShown(after(reader, state, text), items);
            const stored: unknown = JSON.parse(JSON.stringify(state));
            expect(dialogueStateSchema.parse(stored)).toEqual(stored);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  /** 100 values of some ninety letters in each of 40 attributes. */
  const large: Facts = {
    attributes: new Map(
      Array.from({ length: 40 }, (_, n) => [
        `field${n}`,
        Array.from({ length: 100 }, (_, v) => `v${n}x${v}${'y'.repeat(80)}`),
      ]),
    ),
    categories: [],
    brands: [],
    currency: 'GBP',
  };

  it('is bounded, whatever is said for however long', () => {
    const reader = new WishReader(large);
    const slate = (turn: number): readonly ShownItem[] =>
      Array.from({ length: 60 }, (_, i) => ({ id: `${turn}-${i}-`.padEnd(256, 'i'), price: 1 / 3 }));
    let state = newDialogue('en');
    let longest = 0;
    const say = (text: string, turn: number): void => {
      state = withShown(after(reader, state, text), slate(turn));
      longest = Math.max(longest, JSON.stringify(state).length);
      expect(dialogueStateSchema.safeParse(JSON.parse(JSON.stringify(state))).success).toBe(true);
    };
    for (const [n, values] of [...large.attributes.values()].entries())
      for (let from = 0; from < values.length; from += 20) say(`not ${values.slice(from, from + 20).join(' or ')}`, n);
    for (let turn = 0; turn < 40; turn++) {
      say(`and ${'word '.repeat(399)}`, turn);
      say(`-${'w'.repeat(1900)}${turn}`, turn);
      say('not the first two', turn);
      say('more', turn);
    }
    expect(Object.keys(state.constraints).length).toBeLessThanOrEqual(30);
    // Processes share conversations of up to 512 KiB with what was said, which is 6,000 characters.
    expect(longest).toBeGreaterThan(150_000);
    expect(longest).toBeLessThan(300_000);
  });

  it('leaves out each item once, the latest 500', () => {
    expect(leftOutWith(['a', 'b'], ['b', 'c'])).toEqual(['a', 'b', 'c']);
    const many = Array.from({ length: 600 }, (_, i) => String(i));
    expect(leftOutWith(many, ['x'])).toEqual([...many.slice(101), 'x']);
  });
});
