import { aspectsOf } from './aspects-of.js';
import { heldReviewSummary } from './held-review-summary.js';
import { reviewSummary } from './review-summary.js';
import type { ReviewAspects } from './review.types.js';

const many = (count: number, text: string): readonly { text: string }[] =>
  Array.from({ length: count }, () => ({ text }));
const mugs: ReviewAspects = aspectsOf([
  ...many(8, 'Great quality and a lovely design.'),
  ...many(2, 'Good quality, but too small.'),
  ...many(3, 'Poor quality and the color is wrong.'),
  ...many(1, 'A gift for my mother.'),
]);
const held = (text: string, language: 'en' | 'zh' = 'en', reviews = mugs): string => {
  const one = heldReviewSummary(text, reviews, { language, blocked: ['damn'] });
  if ('text' in one) return one.text;
  return 'unusable' in one ? 'unusable' : one.inventions.map((invention) => invention.text).join(' | ');
};

describe('a summary of reviews by template', () => {
  it('says how many are positive, what several praise and what several complain about', () => {
    expect(reviewSummary(mugs, { language: 'en' })).toBe(
      'Of 14 reviews 8 are positive and 3 are negative. 10 praise the quality and 8 the design. 3 complain about the ' +
        'quality, 3 the color and 2 the size.',
    );
    expect(reviewSummary(mugs, { language: 'zh' })).toBe(
      '14条评价中有8条好评、3条差评。10条称赞质量，8条称赞款式。3条不满意质量，3条不满意颜色，2条不满意尺寸。',
    );
  });

  it('counts sentences where nothing parts a text into reviews', () => {
    const aspects = aspectsOf(many(3, 'Great quality.'), { of: 'sentences' });
    expect(reviewSummary(aspects, { language: 'en' })).toBe('Of 3 remarks 3 are positive. 3 praise the quality.');
    expect(reviewSummary(aspects, { language: 'zh' })).toBe('3句评价中有3句好评。3句称赞质量。');
  });

  it('says nothing of fewer than two reviews, and of those without opinions', () => {
    expect(reviewSummary(aspectsOf(many(1, 'Great quality.')), { language: 'en' })).toBeUndefined();
    expect(reviewSummary(aspectsOf(many(5, 'It is blue.')), { language: 'en' })).toBeUndefined();
    expect(reviewSummary(aspectsOf([]), { language: 'zh' })).toBeUndefined();
  });

  it.each([300, 120, 90, 60, 40, 10])('keeps to %p characters by saying less', (maxChars) => {
    const text = reviewSummary(mugs, { language: 'en', maxChars });
    expect(text?.length ?? 0).toBeLessThanOrEqual(maxChars);
    expect(text === undefined).toBe(maxChars < 48);
  });

  it('passes what a text of a model is held to', () => {
    for (const language of ['en', 'zh'] as const) {
      const text = reviewSummary(mugs, { language })!;
      expect(held(text, language)).toBe(text);
    }
  });
});

describe('a summary of reviews by a model', () => {
  it.each([
    ['Most praise the quality, and 8 like the design.', 'en'],
    ['Of 14 reviews, 10 praise the quality. A few find it too small.', 'en'],
    ['Buyers love the design; some complain about the color.', 'en'],
    ['多数评价称赞质量，2条觉得太小。', 'zh'],
    ['个别买家觉得质量差，款式好看。', 'zh'],
  ] as const)('may say %p', (text, language) => {
    expect(held(text, language)).toBe(text);
  });

  it.each([
    ['9 praise the quality.', '9'],
    ['8 praise the quality.', '8'],
    ['90% praise the quality.', '90%'],
    ['The quality is poor.', 'The quality is poor'],
    ['The design is ugly.', 'The design is ugly'],
    ['The battery lasts long.', 'The battery lasts long'],
    ['Everyone praises the quality.', 'Everyone praises the quality'],
    ['Most love the design and most find it too small.', 'Most love the design and most find it too small'],
    ['Great quality, and it is waterproof.', 'waterproof'],
    ['Great quality, better than Wedgwood.', 'Wedgwood'],
    ['Great quality, a damn fine mug.', 'unusable'],
    ['质量很好。', 'unusable'],
    ['', 'unusable'],
    ['Great quality without end '.repeat(30), 'unusable'],
  ])('may not say %p: %s', (text, found) => {
    expect(held(text)).toBe(found);
  });

  it.each([
    ['9条称赞质量。', '9条'],
    ['质量很差。', '质量很差'],
    ['电池耐用。', '电池耐用'],
    ['所有评价都称赞质量。', '所有评价都称赞质量'],
    ['质量很好，防水。', '防水'],
    ['Great quality.', 'unusable'],
  ])('may not say %p in Chinese: %s', (text, found) => {
    expect(held(text, 'zh')).toBe(found);
  });
});
