import { languageTold } from './language-told.js';

describe('languageTold', () => {
  it.each([
    ['Red mug with a wooden handle', 'en'],
    ['SET OF 4 WHITE PLATES', 'en'],
    ['Kaffeebecher mit Deckel', 'de'],
    ['Große Schüssel aus Glas für die Küche', 'de'],
    ['Tasse en verre avec couvercle', 'fr'],
    ['Bougie parfumée pour la maison', 'fr'],
    ['Taza de cerámica para niños', 'es'],
    ['Lampada da tavolo con paralume nero', 'it'],
    ['Caneca de porcelana com tampa, não quebra', 'pt'],
    ['Houten plank met handvat voor de keuken', 'nl'],
    ['Kopp och fat i trä', 'sv'],
    ['Kubek z pokrywką na prezent', 'pl'],
    ['纯棉红色连衣裙', 'zh'],
    ['Nike Air Max 男鞋', 'zh'],
    ['赤いマグカップ', 'ja'],
    ['빨간 머그컵', 'ko'],
    ['Красная кружка', 'ru'],
    ['Червоний кухоль із кришкою', 'uk'],
    ['Κόκκινη κούπα', 'el'],
    ['كوب أحمر', 'ar'],
    ['لیوان قرمز چینی', 'fa'],
    ['ספל אדום', 'he'],
    ['लाल मग', 'hi'],
    ['แก้วสีแดง', 'th'],
  ])('tells the language of %p: %s', (text, language) => {
    const told = languageTold(text);
    expect(told?.language).toBe(language);
    expect(told?.confidence).toBeGreaterThanOrEqual(0.6);
    expect(told?.confidence).toBeLessThanOrEqual(1);
  });

  it.each(['', '   ', '12345', 'iPhone 12 Pro', 'M3x10', '😀😀', 'XJ-900', 'Lorem ipsum dolor', 'S M L', '5 µm'])(
    'leaves the language of %p open',
    (text) => {
      expect(languageTold(text)).toBeUndefined();
    },
  );

  it('is the surer, the more words agree', () => {
    const of = (text: string): number => languageTold(text)!.confidence;
    expect(of('red mug with a handle for tea')).toBeGreaterThan(of('red mug'));
    expect(of('red mug with a handle')).toBeGreaterThan(of('red mug with a handle rouge'));
  });

  it('takes a time that is bounded whatever the text', () => {
    for (const part of ['the ', 'é', 'ß', '\u0301', 'a\u0301', '红', 'я', ' ']) {
      const began = process.cpuUsage().user;
      languageTold(part.repeat(200_000));
      expect(process.cpuUsage().user - began).toBeLessThan(1_000_000);
    }
  });
});
