import * as fc from 'fast-check';
import { analyze } from './analyze.js';

describe('analyze', () => {
  it.each([
    ['WHITE HANGING HEART T-LIGHT HOLDER', 'white hang heart t light tlight holder'],
    ['Women’s coats & womens\u0027 shoes', 'women coat women shoe'],
    ["don't o'neill", 'dont oneil'],
    ['Crème BRÛLÉE', 'creme brule'],
    ['3 pcs of 10cm, 2010-2011', '3 pc 10cm 2010 2011'],
    ['one-two-three', 'on two three'],
    ['the who', 'the who'],
    ['the cat', 'cat'],
    ['ｆｕｌｌ ﬁne', 'full fine'],
    ['İstanbul', 'istanbul'],
    ['Чайник', 'чаиник'],
    ['한국어 단어', '한국어 단어'],
    ['שלום עולם', 'שלום עולם'],
    ['😀 🎁', ''],
    ['\ud800 abc \udc00', 'abc'],
    ['', ''],
  ])('turns %j into %j', (text, terms) => {
    expect(analyze(text).join(' ')).toBe(terms);
  });

  it('meets spellings of one word', () => {
    const terms = (text: string): Set<string> => new Set(analyze(text));
    expect(terms('T-LIGHT HOLDERS')).toContain(analyze('tlight')[0]);
    expect(terms('candle holder')).toContain(analyze('holders')[0]);
    expect(terms('café')).toContain(analyze('cafe\u0301')[0]);
  });

  it('segments scripts without spaces', () => {
    expect(analyze('iphone手机壳')).toEqual(expect.arrayContaining(['iphon', '手机', '手', '机', '壳']));
    expect(analyze('อาหารไทยอร่อย')).toEqual(['อาหาร', 'ไทย', 'อร่อย']);
    expect(analyze('東京のチケット')).toEqual(expect.arrayContaining(['チケット', '東', '京']));
    expect(analyze('コーヒー')).toEqual(['コーヒー']);
    expect(analyze('保温杯')).toContain('杯');
  });

  it('gives terms that are analysed to themselves or dropped, never with space or upper case', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        for (const term of analyze(text)) {
          expect(term.length).toBeGreaterThan(0);
          expect(term.length).toBeLessThanOrEqual(256);
          expect(term).not.toMatch(/\s|\p{Cs}|\p{Cc}/u);
        }
        expect(analyze(text)).toEqual(analyze(text));
        expect(analyze(text.normalize('NFC'))).toEqual(analyze(text.normalize('NFD')));
      }),
    );
  });

  it('handles a megabyte of hostile text in linear time', () => {
    const hostile = [
      'a',
      'a-',
      "a'",
      '\u0300\u0316',
      'e\u0301',
      '保温杯',
      'สวัสดี',
      '\ud800',
      '😀',
      'שלום ',
      'ing',
      'ss',
    ];
    const before = process.cpuUsage();
    for (const piece of hostile) {
      const terms = analyze(piece.repeat(Math.ceil(5e5 / piece.length)));
      expect(terms.every((term) => term.length <= 256)).toBe(true);
    }
    // The slowest (Chinese, by dictionary) takes a second, all of them two; a quadratic step takes minutes.
    expect(process.cpuUsage(before).user).toBeLessThan(40e6);
  });
});
