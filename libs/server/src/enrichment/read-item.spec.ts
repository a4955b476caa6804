import type { ProposedValue } from '@attune/language/understanding';
import type { Item } from '@attune/sdk';
import { decided } from './decide-value.js';
import { textHash, type Enrichment } from './enrichment.record.js';
import { isCurrent, readItem, type Reading } from './read-item.js';

const READING: Reading = { attributes: ['color', 'size'], facts: { known: new Map() }, at: '2026-11-21T09:30:00.000Z' };
const WITH_MODEL: Reading = { ...READING, model: 'enrichment@1 openai:a/b' };
const MUG: Item = { id: 'mug', title: 'Red mug' };
const byModel = (value: string, confidence = 0.7): readonly ProposedValue[] => [
  { attribute: 'color', value, confidence, span: { field: 'title', from: 0, to: 3, text: 'Red' } },
];
const valuesOf = (one: ReturnType<typeof readItem>): readonly string[] =>
  one.values.map(({ attribute, value, source }) => `${attribute} ${value} ${source}`);

describe('readItem', () => {
  it('finds what the texts say, of the attributes asked for', () => {
    const item = { ...MUG, title: 'Red wooden mug 30 cm' };
    const { values, language, text } = readItem(item, undefined, undefined, READING);
    expect(values.map(({ attribute, value }) => [attribute, value])).toEqual([
      ['color', 'red'],
      ['size', '30 cm'],
    ]);
    expect(values[0]!.span).toEqual({ field: 'title', from: 0, to: 3, text: 'Red' });
    expect([text, language?.tag]).toEqual([textHash(item), 'en']);
    expect(readItem({ ...MUG, title: '红色马克杯' }, undefined, undefined, READING)).toMatchObject({
      language: { tag: 'zh' },
      values: [{ attribute: 'color', value: '红色' }],
    });
  });

  it('has each value once, the surest; of a model only what was asked for', () => {
    const found = [...byModel('red'), ...byModel('crimson'), { ...byModel('tin')[0]!, attribute: 'material' }];
    const read = readItem(MUG, undefined, found, WITH_MODEL);
    expect(valuesOf(read)).toEqual(['color red rules@1', `color crimson ${WITH_MODEL.model}`]);
    expect(read.model).toBe(WITH_MODEL.model);
  });

  it('keeps what a model found in the same texts, and not in others', () => {
    const first = readItem(MUG, undefined, byModel('crimson'), WITH_MODEL);
    const more = readItem(MUG, first, undefined, { ...READING, attributes: ['material'] });
    expect(valuesOf(more)).toEqual(valuesOf(first));
    expect(more.attributes).toEqual(['color', 'material', 'size']);
    const other = readItem({ ...MUG, title: 'Blue mug' }, first, undefined, READING);
    expect([valuesOf(other), other.model]).toEqual([['color blue rules@1'], undefined]);
  });

  it('keeps decisions of values that are found again, and refusals for ever', () => {
    const first = readItem(MUG, undefined, byModel('crimson'), WITH_MODEL);
    const both = decided(decided(first, { attribute: 'color', value: 'red', decision: 'accept', by: 'Ann' }), {
      attribute: 'color',
      value: 'crimson',
      decision: 'reject',
    });
    const blue = readItem({ ...MUG, title: 'Blue mug' }, both, undefined, READING);
    expect(blue.values.map(({ decision }) => decision)).toEqual([undefined]);
    expect(blue.refused).toEqual([{ attribute: 'color', value: 'crimson', text: textHash(MUG) }]);
    const red = readItem({ ...MUG, title: 'Big red mug' }, both, undefined, READING);
    expect(red.values.find(({ value }) => value === 'red')).toMatchObject({ decision: 'accept', decidedBy: 'Ann' });
  });

  it('has 64 values at most, the surest', () => {
    const many = Array.from({ length: 100 }, (_, i) => byModel(`c${i}`, i / 200)).flat();
    const { values } = readItem(MUG, undefined, many, WITH_MODEL);
    expect(values).toHaveLength(64);
    expect(values.map(({ value }) => value)).toContain('c99');
    expect(values.map(({ value }) => value)).not.toContain('c36');
  });
});

describe('isCurrent', () => {
  const known = readItem(MUG, undefined, undefined, READING);
  const byBoth = readItem(MUG, undefined, [], WITH_MODEL);
  const cases: readonly (readonly [string, Enrichment, Item, Reading, boolean])[] = [
    ['the same', known, MUG, READING, true],
    ['another price', known, { ...MUG, price: { amount: 1, currency: 'GBP' } }, READING, true],
    ['fewer attributes', known, MUG, { ...READING, attributes: ['size'] }, true],
    ['more attributes', known, MUG, { ...READING, attributes: ['color', 'material'] }, false],
    ['another title', known, { ...MUG, title: 'Red mugs' }, READING, false],
    ['a description', known, { ...MUG, description: 'x' }, READING, false],
    ['a tag', known, { ...MUG, tags: ['x'] }, READING, false],
    ['a brand', known, { ...MUG, brand: 'x' }, READING, false],
    ['other rules', { ...known, rules: 'rules@0' }, MUG, READING, false],
    ['a model asked for the first time', known, MUG, WITH_MODEL, false],
    ['a model asked before', byBoth, MUG, WITH_MODEL, true],
    ['a model asked before, not wanted now', byBoth, MUG, READING, true],
    ['another model', byBoth, MUG, { ...READING, model: 'enrichment@1 openai:a/c' }, false],
  ];
  it.each(cases)('%s', (...[, enrichment, item, reading, expected]) =>
    expect(isCurrent(enrichment, item, reading)).toBe(expected),
  );
});

describe('decided', () => {
  const first = readItem(MUG, undefined, undefined, READING);
  const red = { attribute: 'color', value: 'red' };
  it('remembers a refusal once, and forgets it with another decision', () => {
    const no = decided(decided(first, { ...red, decision: 'reject' }), { ...red, decision: 'reject' });
    expect(no.refused).toEqual([{ ...red, text: first.text }]);
    expect(decided(no, { ...red, decision: 'accept' }).refused).toEqual([]);
  });

  it('refuses what was not found', () => {
    for (const value of ['blue', '', '__proto__'])
      expect(() => decided(first, { attribute: 'color', value, decision: 'accept' })).toThrow(
        expect.objectContaining({ code: 'VALUE_NOT_PROPOSED' }),
      );
  });
});
