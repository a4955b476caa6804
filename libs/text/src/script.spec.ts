import { languageOf } from './script.js';

describe('languageOf', () => {
  it.each([
    ['Red retrospot mug', undefined],
    ['', undefined],
    ['2,5 l × 3 !!', undefined],
    ['Ёлочные игрушки', undefined],
    ['crème brûlée set', undefined],
    ['保温杯', 'zh'],
    ['iPhone手机壳', 'zh'],
    ['Nike Air Max 2019 男鞋', 'zh'],
    ['「网易」 100% 羊毛毯 150cm', 'zh'],
    ['Wall sticker with the character 福 in red', undefined],
    ['お茶の茶碗', 'ja'],
    ['커피잔', 'ko'],
    ['\ud800 broken', undefined],
  ] as const)('%s is %s', (text, language) => expect(languageOf(text)).toBe(language));

  it('reads the beginning of a long text', () => {
    expect(languageOf('杯'.repeat(1e6))).toBe('zh');
    expect(languageOf('mug '.repeat(1e6))).toBeUndefined();
  });
});
