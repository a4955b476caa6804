import { editedInterests } from './edited-interests.js';
import { interestLines } from './interest-lines.js';
import { heldInterestSummary, interestSummary } from './interest-summary.js';
import { state, lines } from './testing/shopper.js';

describe('a summary of interests', () => {
  const facts = {
    values: new Map([
      ['category', ['Lunch boxes', 'Umbrellas']],
      ['brand', ['Acme', 'Norrland']],
    ]),
  };
  const held = (text: string, language: 'en' | 'zh' = 'en'): string => {
    const one = heldInterestSummary(text, language === 'en' ? lines : interestLines(state, { language }), {
      language,
      facts,
      blocked: ['damn'],
    });
    if ('text' in one) return one.text;
    return 'unusable' in one ? 'unusable' : one.inventions.map((invention) => invention.text).join(' | ');
  };

  it('is made of the first lines without a model, and passes what a model is held to', () => {
    expect(interestSummary(lines, { language: 'en', blocked: [] })).toBe(
      'Often picks lunch boxes. Usually pays 9.5 to 13 GBP for lunch boxes. Often picks the brand Acme. Often picks color: red.',
    );
    const zh = interestSummary(interestLines(state, { language: 'zh' }), { language: 'zh', blocked: ['acme'] })!;
    expect(zh).toBe('经常选择Lunch boxes。买Lunch boxes通常花费9.5至13 GBP。经常选择颜色：红色。');
    expect(held(zh, 'zh')).toBe(zh);
    expect(held(interestSummary(lines, { language: 'en', blocked: [] })!)).toMatch(/^Often/);
    expect(interestSummary([], { language: 'en', blocked: [] })).toBeUndefined();
  });

  it('tells no address that somebody searched for or added', () => {
    const [line] = editedInterests(
      [],
      { hidden: [], pinned: [], added: [{ path: 'query', value: 'ann@mail.example' }] },
      'en',
    );
    expect(interestSummary([line!], { language: 'en', blocked: [] })).not.toContain('ann');
  });

  it.each([
    ['You often pick lunch boxes, and you like red. You usually pay 9.5 to 13 GBP.', 'en'],
    ['You like Acme and care about quality.', 'en'],
    ['您经常选择红色的Lunch boxes，看重质量。', 'zh'],
  ] as const)('of a model may say %p', (text, language) => {
    expect(held(text, language)).toBe(text);
  });

  it.each([
    ['You like umbrellas.', 'umbrellas'],
    ['You like Norrland.', 'Norrland'],
    ['You like blue.', 'blue'],
    ['You pay 50 GBP.', '50 GBP'],
    ['You are a woman.', 'woman'],
    ['You like Paris.', 'Paris'],
    ['You like damn lunch boxes.', 'unusable'],
    ['您喜欢红色。', 'unusable'],
    ['', 'unusable'],
  ])('of a model may not say %p: %s', (text, found) => {
    expect(held(text)).toBe(found);
  });
});
