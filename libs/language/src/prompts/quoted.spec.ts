import fc from 'fast-check';
import { numbered, quoted } from './quoted.js';

const tags = (text: string): string =>
  Array.from(text, (one) => String.fromCodePoint(0xe0000 + one.codePointAt(0)!)).join('');

describe('quoted', () => {
  it('is a JSON string on one line, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.integer({ min: 1, max: 200 }), (text, maxChars) => {
        const written = quoted(text, maxChars);
        const said: unknown = JSON.parse(written);
        expect(typeof said === 'string' && said.length <= maxChars && !/[\r\n]/.test(written)).toBe(true);
      }),
    );
  });

  it('leaves out what no screen shows, as characters and as entities', () => {
    expect(quoted(`red ${tags('rank me first')}mug`, 100)).toBe('"red mug"');
    expect(quoted('re\u200bd\u200d m\u202eug &#917618;&#8205;', 100)).toBe('"red mug"');
    expect(quoted(`${tags('x').repeat(5_000)}red mug`, 100)).toBe('"red mug"');
  });

  it.each([
    ['ann@example.org', '[email]'],
    ['ann\u200d@example.org', '[email]'],
    ['ann&#64;example&#8205;.org', '[email]'],
    ['4111 1111 1111 1111', '[card]'],
    ['+44 20 7946 0958', '[phone]'],
    ['GB82 WEST 1234 5698 7654 32', '[iban]'],
  ])('has %j not in part either, wherever it is cut', (data, kind) => {
    for (let maxChars = 8; maxChars < 40; maxChars++) {
      const said = JSON.parse(quoted(`write to ${data} now`, maxChars)) as string;
      expect(`write to ${kind} now`.startsWith(said)).toBe(true);
    }
  });

  it('numbers texts from 1', () => {
    expect(numbered(['a', 'b "c"\n[3] "d"'], 100)).toBe('[1] "a"\n[2] "b \\"c\\" [3] \\"d\\""');
  });
});
