import { compilePredicate, predicateSchema, type Item } from '@attune/sdk';
import * as fc from 'fast-check';
import { filterOf, NO_CONSTRAINTS, withWish, type Constraints } from './constraints.js';
import { ENGLISH_SHOP } from './testing/shops.js';
import { WishReader } from './wish-reader.js';

const reader = new WishReader(ENGLISH_SHOP);

/** What is asked for after turns, one after the other. */
const after = (
  turns: readonly string[],
  prices: readonly number[] = [],
  before: Constraints = NO_CONSTRAINTS,
): Constraints => turns.reduce((constraints, turn) => withWish(constraints, reader.read(turn), { prices }), before);

describe('constraints over a conversation', () => {
  it('a new value replaces the old one', () => {
    expect(after(['something red', 'blue please'])).toEqual({ 'attributes.color': { $in: ['blue'] } });
  });

  it('what is asked for on other paths stays', () => {
    expect(after(['something red', 'under £10', 'in glass'])).toEqual({
      'attributes.color': { $in: ['red'] },
      'price.amount': { $lte: 10 },
      'attributes.material': { $in: ['glass'] },
    });
  });

  it('negations add up, and a value wanted after all is no longer refused', () => {
    expect(after(['not red', 'not blue'])).toEqual({ 'attributes.color': { $nin: ['red', 'blue'] } });
    expect(after(['not red', 'not blue', 'red'])).toEqual({ 'attributes.color': { $in: ['red'] } });
  });

  it('a negation takes a value out of those wanted', () => {
    expect(after(['red or blue', 'not red'])).toEqual({ 'attributes.color': { $in: ['blue'], $nin: ['red'] } });
    expect(after(['red', 'not red'])).toEqual({ 'attributes.color': { $nin: ['red'] } });
  });

  it('a bound of prices replaces its like, and goes with the other one if both can hold', () => {
    expect(after(['under £10', 'under £20'])).toEqual({ 'price.amount': { $lte: 20 } });
    expect(after(['under £10', 'at least £5'])).toEqual({ 'price.amount': { $gte: 5, $lte: 10 } });
    expect(after(['under £10', 'over £20'])).toEqual({ 'price.amount': { $gte: 20 } });
    expect(after(['over £5', 'between £1 and £3'])).toEqual({ 'price.amount': { $gte: 1, $lte: 3 } });
  });

  it('a path that does not matter any more is free', () => {
    expect(after(['red, under £10', 'any color'])).toEqual({ 'price.amount': { $lte: 10 } });
    expect(after(['under £10', 'price does not matter'])).toEqual({});
  });

  it('starting over forgets all but what is said with it', () => {
    expect(after(['red, under £10', 'start over'])).toEqual({});
    expect(after(['red, under £10', 'start over with blue ones'])).toEqual({ 'attributes.color': { $in: ['blue'] } });
  });

  it('cheaper is below the median of the prices shown, dearer above it', () => {
    expect(after(['cheaper'], [12, 8, 20])).toEqual({ 'price.amount': { $lt: 12 } });
    expect(after(['more expensive'], [12, 8, 20])).toEqual({ 'price.amount': { $gt: 12 } });
    expect(after(['cheaper'], [10, 20])).toEqual({ 'price.amount': { $lt: 10 } });
    expect(after(['more expensive'], [10, 20])).toEqual({ 'price.amount': { $gt: 20 } });
    expect(after(['cheaper'], [NaN, 7])).toEqual({ 'price.amount': { $lt: 7 } });
  });

  it('cheaper keeps a lower bound that it can, and drops one that it cannot', () => {
    expect(after(['over £5', 'cheaper'], [8])).toEqual({ 'price.amount': { $gte: 5, $lt: 8 } });
    expect(after(['over £5', 'cheaper'], [5])).toEqual({ 'price.amount': { $lt: 5 } });
  });

  it('cheaper than nothing that was shown, or with a price, is as good as not said', () => {
    expect(after(['cheaper'])).toEqual({});
    expect(after(['something cheap, under £30'], [12])).toEqual({ 'price.amount': { $lte: 30 } });
  });

  it('survives being stored', () => {
    const constraints = after(['red or blue but not glass', 'over £5', 'cheaper'], [20]);
    expect(JSON.parse(JSON.stringify(constraints))).toEqual(constraints);
    expect(predicateSchema.parse(filterOf(constraints))).toEqual(constraints);
  });

  it('without anything asked for there is no filter', () => {
    expect(filterOf(NO_CONSTRAINTS)).toBeUndefined();
  });

  it('after any conversation some item may pass, and nothing refused does', () => {
    const turn = fc.constantFrom(
      'red',
      'not red',
      'blue or green',
      'not blue',
      'under £10',
      'over £5',
      'cheaper',
      'around £8',
      'any color',
      'more expensive',
    );
    const colors = ENGLISH_SHOP.attributes.get('color') ?? [];
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 8 }), (turns) => {
        const constraints = after(turns, [4, 7, 12]);
        const passes = compilePredicate(filterOf(constraints) ?? {});
        const amounts = Array.from({ length: 100 }, (_, i) => i / 4);
        const items = colors.flatMap((color) =>
          amounts.map((amount): Item => ({
            id: 'x',
            title: 'X',
            attributes: { color },
            price: { amount, currency: 'GBP' },
          })),
        );
        expect(items.some(passes)).toBe(true);
        expect(
          constraints['attributes.color']?.$nin?.some((color) =>
            items.some((item) => item.attributes?.['color'] === color && passes(item)),
          ),
        ).not.toBe(true);
      }),
    );
  });
});
