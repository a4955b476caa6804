import * as fc from 'fast-check';
import { cleanText } from './clean-text.js';

describe('cleanText', () => {
  it.each([
    ['<p>Hello <b>W</b>orld</p>', 'Hello World'],
    ['H<sub>2</sub>O<br/>and more', 'H2O and more'],
    ['Fish &amp; chips &#163;5 &#xA3;6&nbsp;now &unknown; end', 'Fish & chips £5 £6 now end'],
    ['&lt;p&gt;escaped twice&lt;/p&gt;', 'escaped twice'],
    ['a < b and c', 'a < b and c'],
    ['3 > 2 <3', '3 > 2 <3'],
    ['<script>if (a < b) alert("</p>")</script>text<style>p{}</style>', 'text'],
    ['<!-- a > b -->seen', 'seen'],
    ['<a title="x > y" href=\'#\'>link</a>', 'link'],
    ['<a title="never closed>rest</a>', 'rest'],
    ['unfinished <b', 'unfinished <b'],
    ['tab\tline\r\nbell\u0007 end  ', 'tab line bell end'],
    ['ｆｕｌｌ ﬁne ①', 'full fine 1'],
    ['soft\u00adhyphen zero\u200bwidth \u202eright', 'softhyphen zerowidth right'],
    ['lone \ud800 surrogate &#xD800;', 'lone surrogate'],
    ['&#0;&#1114112;x', 'x'],
    ['&constructor; &toString;', ''],
    ['', ''],
  ])('cleans %j', (text, expected) => {
    expect(cleanText(text)).toBe(expected);
  });

  it('cuts without splitting a surrogate pair', () => {
    expect(cleanText('ab😀', { maxChars: 3 })).toBe('ab');
    expect(cleanText('ab😀', { maxChars: 4 })).toBe('ab😀');
    expect(cleanText('ab cd', { maxChars: 3 })).toBe('ab');
    expect(cleanText('x'.repeat(3000))).toHaveLength(2000);
  });

  it('always gives well-formed NFKC without control characters, runs of space or excess length', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '&',
      ';',
      '"',
      "'",
      '=',
      '&lt;',
      '<a ',
      '</',
      '\ud83d',
      '\ude00',
      ' ',
      '\u0301',
      'ﬁ',
      '\0',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 40 }).map((p) => p.join('')),
    );
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 30 }), (raw, maxChars) => {
        const clean = cleanText(raw, { maxChars });
        expect(clean.length).toBeLessThanOrEqual(maxChars);
        expect(clean.normalize('NFKC')).toBe(clean);
        expect(clean).not.toMatch(/\p{Cs}|\p{Cc}|\s\s|^\s|\s$/u);
      }),
    );
  });

  it('handles a megabyte of hostile text in linear time', () => {
    const megabyte = (piece: string): string => piece.repeat(Math.ceil(1e6 / piece.length));
    const hostile = [
      '<a',
      '<a x="',
      '<a x=\'<b y="',
      '<!--',
      '<script>',
      '&amp',
      '&#',
      '\u0300\u0316',
      '\ud800',
      '😀',
      ' ',
      '<a>',
    ];
    const before = process.cpuUsage();
    for (const piece of hostile) expect(cleanText(megabyte(piece)).length).toBeLessThanOrEqual(2000);
    // Each takes about 50 ms; a quadratic step takes minutes.
    expect(process.cpuUsage(before).user).toBeLessThan(hostile.length * 1e6);
  });
});
