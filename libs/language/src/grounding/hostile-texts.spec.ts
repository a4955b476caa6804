import * as fc from 'fast-check';
import { inventionsIn } from './inventions.js';
import { FACTS } from './testing/facts.js';

describe('inventionsIn, given anything', () => {
  const pieces = fc.constantFrom(
    ...'3 ½ , . / x × cm " \' ” - % £ one twenty dozen not non silver plated faux red dark free -free made from “ 「 」 《'.split(
      ' ',
    ),
    ...[
      ' ',
      '\n',
      '红',
      '色',
      '不',
      '含',
      '三',
      '百',
      '分',
      '之',
      '半',
      '\u0301',
      '\u200b',
      '\ud83d',
      'İ',
      'ﬃ',
      'Red Mug',
    ],
  );
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')),
    fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(' ')),
  );

  it('never throws, and tells places within the text, in order', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (text, said, name) => {
        let before = 0;
        for (const { span, text: found } of inventionsIn(text, { texts: [said], names: [name] }, FACTS)) {
          expect(span[0]).toBeGreaterThanOrEqual(before);
          expect(span[1]).toBeGreaterThan(span[0]);
          expect(span[1]).toBeLessThanOrEqual(text.length);
          expect(found).toBe(text.slice(...span));
          before = span[0];
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('finds nothing in a text that is its own evidence', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(inventionsIn(text, { texts: [text] }, FACTS)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes a time that grows with the length alone', () => {
    const hostile = [
      '1 ',
      '1/',
      '1,',
      'one ',
      'a-',
      '红',
      '一',
      '百',
      '"',
      '‘a',
      '「',
      'not ',
      'made from ',
      'dark ',
      'x',
      '\u0301',
      "a'",
      'A ',
    ];
    for (const piece of hostile) {
      const text = piece.repeat(100_000 / piece.length);
      const began = process.cpuUsage().user;
      inventionsIn(text, { texts: [text], names: [text] }, FACTS);
      expect({ piece, slow: process.cpuUsage().user - began > 4_000_000 }).toEqual({ piece, slow: false });
    }
  });
});
