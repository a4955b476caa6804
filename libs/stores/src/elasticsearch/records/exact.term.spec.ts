import { exactTerm } from './exact.term.js';

const TEXTS = [
  '',
  'a',
  'ü',
  '中',
  '\ud7ff',
  '\ud800',
  '\ud800\udc00',
  '🙂',
  '🙂🙂',
  '\udfff',
  '\ue000',
  '\uffff',
  'a\uffff',
  'a🙂',
];

describe('exactTerm', () => {
  it('leaves texts as they are that have no surrogates and nothing beyond them', () => {
    for (const text of ['', 'a/b "7"', 'ü', '中文', '\ud7ff']) expect(exactTerm(text)).toBe(text);
  });

  it('makes of every two texts two, whose bytes are in the order of the texts', () => {
    const bytes = TEXTS.map((text) => Buffer.from(exactTerm(text), 'utf8'));
    for (const [i, one] of TEXTS.entries())
      for (const [j, two] of TEXTS.entries())
        expect(Math.sign(bytes[i]!.compare(bytes[j]!))).toBe(one < two ? -1 : one > two ? 1 : 0);
    for (const each of bytes) expect(each.toString('utf8')).not.toContain('\ufffd');
  });
});
