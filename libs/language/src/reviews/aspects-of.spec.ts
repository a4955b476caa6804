import { aspectsOf } from './aspects-of.js';
import { reviewsIn } from './reviews-in.js';

describe('aspects of reviews', () => {
  it('are counted a review, with the words of each', () => {
    const texts = [
      'Great quality, really great quality!',
      'Great quality but expensive.',
      'Poor quality.',
      'The quality?',
      '',
    ];
    const { aspects, ...whole } = aspectsOf(texts.map((text) => ({ text })));
    expect(whole).toEqual({ count: 5, of: 'reviews', sentiment: { positive: 1, negative: 1, neutral: 3 } });
    expect(aspects).toEqual([
      {
        aspect: 'quality',
        mentions: 4,
        positive: 2,
        negative: 1,
        neutral: 1,
        quotes: [
          { review: 0, from: 0, to: 13, text: 'Great quality', polarity: 'positive' },
          { review: 1, from: 0, to: 13, text: 'Great quality', polarity: 'positive' },
          { review: 2, from: 0, to: 12, text: 'Poor quality', polarity: 'negative' },
          { review: 3, from: 0, to: 11, text: 'The quality', polarity: 'neutral' },
        ],
      },
      {
        aspect: 'price',
        mentions: 1,
        positive: 0,
        negative: 1,
        neutral: 0,
        quotes: [{ review: 1, from: 14, to: 27, text: 'but expensive', polarity: 'negative' }],
      },
    ]);
  });

  it('come with at most so many quotes a side, each of another review', () => {
    const reviews = Array.from({ length: 9 }, (_, i) => ({ text: i < 6 ? '质量很好，质量真好' : '质量差' }));
    const [row] = aspectsOf(reviews, { quotes: 2 }).aspects;
    expect(row).toMatchObject({ positive: 6, negative: 3 });
    expect(row!.quotes.map(({ review }) => review)).toEqual([0, 1, 6, 7]);
  });

  it.each([
    ['The quality is great write to ann.smith@mail.example.com', 'The quality is great write to'],
    ['质量好 打我电话13812345678吧', '质量好'],
    ['good quality call +44 20 7946 0958 now', 'good quality call'],
  ])('quote %p without what identifies somebody', (text, quote) => {
    const [row] = aspectsOf([{ text }]).aspects;
    expect(row!.quotes.map((one) => one.text)).toEqual([quote]);
  });

  it('quote 160 characters at most, and no half of a pair', () => {
    const text = `${'😀x '.repeat(80)}quality is good`;
    const { from, to, text: said } = aspectsOf([{ text }]).aspects[0]!.quotes[0]!;
    expect([said, said.length <= 160, /^\P{Cs}*$/u.test(said)]).toEqual([text.slice(from, to), true, true]);
  });

  it.each([
    [5, 'Bad.', 'positive'],
    [4, '', 'positive'],
    [3, 'Great!', 'neutral'],
    [2, 'Great!', 'negative'],
    [undefined, 'Great!', 'positive'],
    [undefined, 'It is blue.', 'neutral'],
  ] as const)('a rating of %p decides what the whole of %p is', (rating, text, polarity) => {
    expect(aspectsOf([{ text, rating }]).sentiment).toMatchObject({ [polarity]: 1 });
  });

  it.each([
    [{ text: 'Die Qualität ist gut, aber der Preis ist zu hoch und die Lieferung kam nicht.' }],
    [{ text: 'fine cotton, bad color', language: 'fr' }],
  ])('are not read of another language: %j', (review) => {
    expect(aspectsOf([review])).toMatchObject({ count: 1, sentiment: { neutral: 1 }, aspects: [] });
  });

  it('are read of 1000 reviews and of 2000 characters each, at most', () => {
    expect(aspectsOf(Array.from({ length: 1200 }, () => ({ text: 'Good quality' })))).toMatchObject({
      count: 1000,
      aspects: [{ mentions: 1000 }],
    });
    expect(aspectsOf([{ text: `${' '.repeat(2000)}good quality` }]).aspects).toEqual([]);
  });
});

describe('reviews of one text', () => {
  it.each([
    ['Good.\nSoft.\n\n  \nBad!\n', 'reviews', ['Good.\nSoft.', 'Bad!']],
    ['- Good.\r\n- Bad! Ugly.\r\n3. Fine', 'reviews', ['Good.', 'Bad! Ugly.', 'Fine']],
    ['It costs 4.50. Good! 很好。不错！', 'sentences', ['It costs 4.50.', 'Good!', '很好。', '不错！']],
    ['', 'sentences', []],
    ['\n\n...\n', 'sentences', []],
    ['One\n...\nTwo', 'reviews', ['One', 'Two']],
  ])('%j are %s: %j', (blob, of, texts) => {
    expect(reviewsIn(blob)).toEqual({ of, reviews: texts.map((text) => ({ text })) });
  });

  it('are read of its first 20,000 characters, in a moment', () => {
    expect(reviewsIn(`${'x\n'.repeat(10_000)}late`).reviews).toHaveLength(10_000);
    const began = process.cpuUsage().user;
    for (const piece of ['\n', '\r', ' \n ', '. ', '- ']) reviewsIn(piece.repeat(20_000));
    expect(process.cpuUsage().user - began).toBeLessThan(2e6);
  });
});
