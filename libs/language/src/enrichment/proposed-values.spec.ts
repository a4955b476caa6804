import { proposedValues } from './proposed-values.js';
import { expectSpansIn } from './testing/read-values.js';

describe('proposedValues', () => {
  it('says where it read a value', () => {
    const title = 'Große SERVIETTE, light   grey 33 × 33 cm';
    const spans = proposedValues({ title }).map(({ value, span }) => [value, span.text, span.from, span.to]);
    expect(spans).toEqual([
      ['gray', 'light   grey', 17, 29],
      ['33 x 33 cm', '33 × 33 cm', 30, 40],
    ]);
  });

  it('takes the spelling of the catalogue, in whatever language', () => {
    const facts = {
      known: new Map([
        ['color', ['Grey', 'Red', 'Blau']],
        ['size', ['30cm']],
        ['material', ['Holz', 'Cotton']],
      ]),
    };
    const values = (title: string): readonly string[] => proposedValues({ title }, facts).map(({ value }) => value);
    expect(values('gray tray')).toEqual(['Grey']);
    expect(values('红色纯棉毛巾')).toEqual(['Red', 'Cotton']);
    expect(values('TRAY 30 CM')).toEqual(['30cm']);
    expect(values('maroon tray')).toEqual(['Red']);
    expect(values('navy tray')).toEqual(['navy']);
  });

  it('believes a title more than a description, and a description more where it names the attribute', () => {
    const description = 'Looks lovely in a green kitchen. Color: blue. Size: 20 x 30 cm. Made of oak.';
    const found = proposedValues({ title: 'Red bowl', description });
    expect(
      found.map(({ attribute, value, confidence, span }) => [attribute, value, confidence >= 0.8, span.field]),
    ).toEqual([
      ['color', 'red', true, 'title'],
      ['color', 'green', false, 'description'],
      ['color', 'blue', true, 'description'],
      ['size', '20 x 30 cm', true, 'description'],
      ['material', 'oak', true, 'description'],
    ]);
  });

  it('reads tags, where its spans count in the tags joined by commas', () => {
    const item = { title: 'Bowl', tags: ['kitchen', 'red', 'for blue walls'] };
    expect(proposedValues(item)).toEqual([
      { attribute: 'color', value: 'red', confidence: 0.85, span: { field: 'tags', from: 9, to: 12, text: 'red' } },
    ]);
  });

  it('understands a title by its categories', () => {
    const surest = (title: string, categories: readonly string[]): number | undefined =>
      proposedValues({ title, categories: [...categories] }).find(({ attribute }) => attribute === 'color')?.confidence;
    expect(surest('Orange bar', ['Furniture'])).toBeGreaterThanOrEqual(0.8);
    expect(surest('Orange bar', ['Soaps & candles'])).toBeLessThan(0.8);
    expect(surest('Silver drop', ['Home'])).toBeGreaterThanOrEqual(0.8);
    expect(surest('Silver drop', ['Jewelry'])).toBeLessThan(0.8);
  });

  it('proposes a value once, where it is surest', () => {
    const found = proposedValues({ title: 'Bowl with red lid', tags: ['red'], description: 'A red bowl.' });
    expect(found.map(({ value, span }) => [value, span.field])).toEqual([['red', 'tags']]);
  });

  it('keeps to the texts whatever they hold', () => {
    const parts = [
      'red',
      'RED',
      ' ',
      ',',
      '/',
      '&',
      ' and ',
      'with ',
      '红',
      '色',
      '大号',
      '30',
      'cm',
      '"',
      "'",
      '\ud83d',
      '\u0301',
      '½',
      '１２',
      'x',
      '-',
      '\u200b',
      '<b>',
      '&amp;',
      'İ',
      'ﬁ',
      'of ',
      'not ',
      'S',
      '(',
      ')',
      ':',
      'color',
      '\n',
    ];
    let state = 42;
    const next = (below: number): number => (state = (state * 1103515245 + 12345) % 2147483648) % below;
    let count = 0;
    for (let run = 0; run < 1000; run++) {
      const text = (): string => Array.from({ length: next(12) }, () => parts[next(parts.length)]).join('');
      count += expectSpansIn({ title: text(), description: text(), brand: text(), tags: [text(), text()] });
    }
    expect(count).toBeGreaterThan(300);
  });

  it('takes a time that grows with the length alone', () => {
    for (const part of [
      'red ',
      'red/',
      'not red spot ',
      '30 x ',
      '1/',
      '红',
      '红色',
      'cream cake ',
      'size s ',
      'set of ',
      'light ',
      'red-',
      ' ',
      'with rose and ',
    ]) {
      const began = process.cpuUsage().user;
      proposedValues({ title: 'bowl', description: part.repeat(Math.ceil(30_000 / part.length)) });
      expect(process.cpuUsage().user - began).toBeLessThan(1_500_000);
    }
  });
});
