import { itemSchema, type Item } from '@attune/sdk';
import { itemHash, textHash, type EnrichedValue, type Enrichment } from './enrichment.record.js';
import { settled } from './settle.js';

const AT = '2026-11-21T09:30:00.000Z';
const SETTLING = { applyFrom: 0.8, declared: new Set(['color', 'size']), at: AT };
const MUG: Item = { id: 'mug', title: 'Red mug', updatedAt: '2026-11-01T00:00:00Z' };

const value = (
  attribute: string,
  text: string,
  confidence: number,
  more: Partial<EnrichedValue> = {},
): EnrichedValue => ({
  attribute,
  value: text,
  confidence,
  span: { field: 'title', from: 0, to: text.length, text },
  source: 'rules@1',
  state: 'overruled',
  at: '2026-11-20T00:00:00.000Z',
  ...more,
});
const known = (values: readonly EnrichedValue[], more: Partial<Enrichment> = {}): Enrichment => ({
  text: textHash(MUG),
  rules: 'rules@1',
  attributes: ['color', 'size'],
  values: [...values],
  refused: [],
  written: [],
  ...more,
});
/** An item as it was written here, with what is ours of it. */
const ours = (item: Item, ...owns: string[]): Pick<Enrichment, 'written'> => ({
  written: [{ item: itemHash(item), owns }],
});
const withColor = (color: string | string[]): Item => ({ ...MUG, attributes: { color } });
const RED = value('color', 'red', 0.95);
const PINK = value('color', 'pink', 0.7);
const refused = (text: string, what = 'red') => ({ refused: [{ attribute: 'color', value: what, text }] });
const accepted = { decision: 'accept' as const };

/** What there is, what is known → attributes and language afterwards, and the state of each value. */
const CASES: readonly (readonly [
  name: string,
  item: Item,
  enrichment: Enrichment,
  expected: { readonly color?: unknown; readonly size?: unknown; readonly language?: string },
  states: readonly EnrichedValue['state'][],
])[] = [
  ['a sure value is applied', MUG, known([RED]), { color: 'red' }, ['applied']],
  ['at the threshold it is', MUG, known([value('color', 'red', 0.8)]), { color: 'red' }, ['applied']],
  ['below it waits', MUG, known([value('color', 'red', 0.799)]), {}, ['review']],
  [
    'two sure ones are a list',
    MUG,
    known([RED, value('color', 'blue', 0.9)]),
    { color: ['red', 'blue'] },
    ['applied', 'applied'],
  ],
  ['a sure and an unsure one', MUG, known([RED, PINK]), { color: 'red' }, ['applied', 'review']],
  ['an undeclared attribute', MUG, known([value('material', 'tin', 0.95)]), {}, ['overruled']],
  ['a value of the catalogue stays', withColor('blue'), known([RED]), { color: 'blue' }, ['overruled']],
  ['so does an equal one', withColor('red'), known([RED]), { color: 'red' }, ['overruled']],
  ['so does an empty one', withColor(''), known([RED]), { color: '' }, ['overruled']],
  ['so does an empty list', withColor([]), known([RED]), { color: [] }, ['overruled']],
  [
    'beside it others are applied',
    withColor('blue'),
    known([RED, value('size', 'L', 0.9)]),
    { color: 'blue', size: 'L' },
    ['overruled', 'applied'],
  ],
  ['an unsure one beside it waits for nobody', withColor('blue'), known([PINK]), { color: 'blue' }, ['overruled']],
  [
    'an accepted one beside it does not win',
    withColor('blue'),
    known([{ ...PINK, ...accepted }]),
    { color: 'blue' },
    ['overruled'],
  ],
  ['an unsure value that a person accepts', MUG, known([{ ...PINK, ...accepted }]), { color: 'pink' }, ['accepted']],
  [
    'accepted and applied together',
    MUG,
    known([RED, { ...PINK, ...accepted }]),
    { color: ['red', 'pink'] },
    ['applied', 'accepted'],
  ],
  ['a value refused for these texts', MUG, known([RED], refused(textHash(MUG))), {}, ['rejected']],
  ['a value refused for others waits', MUG, known([RED], refused('other')), {}, ['review']],
  [
    'refused for others and accepted since',
    MUG,
    known([{ ...RED, ...accepted }], refused('other')),
    { color: 'red' },
    ['accepted'],
  ],
  ['another value was refused', MUG, known([RED], refused(textHash(MUG), 'blue')), { color: 'red' }, ['applied']],
  [
    'ours stays',
    withColor('red'),
    known([RED], ours(withColor('red'), 'attributes.color')),
    { color: 'red' },
    ['applied'],
  ],
  [
    'ours becomes another',
    withColor('red'),
    known([value('color', 'blue', 0.9)], ours(withColor('red'), 'attributes.color')),
    { color: 'blue' },
    ['applied'],
  ],
  ['ours goes where it holds no more', withColor('red'), known([], ours(withColor('red'), 'attributes.color')), {}, []],
  [
    'ours goes where it is refused',
    withColor('red'),
    known([RED], { ...refused(textHash(MUG)), ...ours(withColor('red'), 'attributes.color') }),
    {},
    ['rejected'],
  ],
  [
    'ours goes where it is unsure by now',
    withColor('red'),
    known([value('color', 'red', 0.6)], ours(withColor('red'), 'attributes.color')),
    {},
    ['review'],
  ],
  [
    'ours goes where it is declared no more',
    { ...MUG, attributes: { material: 'tin' } },
    known([value('material', 'tin', 0.9)], ours({ ...MUG, attributes: { material: 'tin' } }, 'attributes.material')),
    {},
    ['overruled'],
  ],
  [
    'of an item that somebody wrote since nothing is ours',
    { ...withColor('red'), price: { amount: 2, currency: 'GBP' } },
    known([], ours(withColor('red'), 'attributes.color')),
    { color: 'red' },
    [],
  ],
  [
    'nor of one sent again with a value of its own',
    { ...withColor('red'), updatedAt: '2026-11-02T00:00:00Z' },
    known([value('color', 'blue', 0.9)], ours(withColor('red'), 'attributes.color')),
    { color: 'red' },
    ['overruled'],
  ],
  [
    'what a feed dropped is applied again',
    MUG,
    known([{ ...RED, state: 'applied' }], ours(withColor('red'), 'attributes.color')),
    { color: 'red' },
    ['applied'],
  ],
  [
    'what is ours is told by member',
    { ...withColor('blue'), language: 'en' },
    known([RED], {
      ...ours({ ...withColor('blue'), language: 'en' }, 'language'),
      language: { tag: 'en', confidence: 1 },
    }),
    { color: 'blue', language: 'en' },
    ['overruled'],
  ],
  ['a sure language', MUG, known([], { language: { tag: 'de', confidence: 0.95 } }), { language: 'de' }, []],
  ['a guessed one', MUG, known([], { language: { tag: 'de', confidence: 0.89 } }), {}, []],
  [
    'a language of the catalogue',
    { ...MUG, language: 'fr' },
    known([], { language: { tag: 'de', confidence: 1 } }),
    { language: 'fr' },
    [],
  ],
  [
    'our language goes where nothing tells it',
    { ...MUG, language: 'de' },
    known([], ours({ ...MUG, language: 'de' }, 'language')),
    {},
    [],
  ],
  [
    'hostile names are names',
    MUG,
    known([value('__proto__', 'x', 1), value('constructor', 'y', 1)]),
    {},
    ['overruled', 'overruled'],
  ],
];

describe('settled', () => {
  it.each(CASES)('%s', (...[, item, enrichment, expected, states]) => {
    const next = settled(item, enrichment, SETTLING);
    const { color, size } = { color: undefined, size: undefined, ...next.item.attributes };
    expect({ color, size, language: next.item.language }).toEqual({
      color: expected.color,
      size: expected.size,
      language: expected.language,
    });
    expect(next.enrichment.values.map(({ state }) => state)).toEqual(states);
    expect(itemSchema.safeParse(next.item).success).toBe(true);
    // The version stays: whatever was sent meanwhile is newer.
    expect(next.item.updatedAt).toBe(item.updatedAt);
  });

  it.each(CASES)('is done once it is done: %s', (_, item, enrichment) => {
    const once = settled(item, enrichment, SETTLING);
    const twice = settled(once.item, once.enrichment, { ...SETTLING, at: '2027-01-01T00:00:00.000Z' });
    expect(twice.item).toBe(once.item);
    expect(twice.enrichment).toBe(once.enrichment);
    expect(twice.counts).toEqual({ language: false, applied: [], review: [], withdrawn: [] });
  });

  it.each(CASES)('goes on where the item was not written any more: %s', (_, item, enrichment) => {
    const once = settled(item, enrichment, SETTLING);
    const again = settled(item, once.enrichment, SETTLING);
    expect(again.item).toEqual(once.item);
    expect(settled(again.item, again.enrichment, SETTLING).item).toBe(again.item);
  });

  it('takes back what is ours, to the letter', () => {
    for (const before of [MUG, { ...MUG, attributes: { weight: 3 } }]) {
      const applied = settled(before, known([RED, value('size', 'L', 0.9)]), SETTLING);
      const gone = settled(applied.item, { ...applied.enrichment, values: [] }, SETTLING);
      expect(gone.item.attributes ?? {}).toEqual(before.attributes ?? {});
      expect(gone.counts.withdrawn.toSorted()).toEqual(['color', 'size']);
    }
  });

  it('counts values that come, wait and go', () => {
    const first = settled(MUG, known([RED, PINK], { language: { tag: 'en', confidence: 1 } }), SETTLING);
    expect(first.counts).toEqual({ language: true, applied: ['color'], review: ['color'], withdrawn: [] });
    const blue = { ...first.enrichment, values: [value('color', 'blue', 0.9)] };
    const second = settled(first.item, blue, SETTLING);
    expect(second.counts).toEqual({ language: false, applied: ['color'], review: [], withdrawn: ['color'] });
  });

  it('keeps the last versions of an item only', () => {
    let [item, enrichment] = [MUG, known([])];
    for (let i = 0; i < 9; i++) {
      ({ item, enrichment } = settled(item, { ...enrichment, values: [value('color', `c${i}`, 1)] }, SETTLING));
      expect(item.attributes).toEqual({ color: `c${i}` });
    }
    expect(enrichment.written).toHaveLength(4);
  });
});
