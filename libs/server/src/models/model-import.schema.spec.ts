import { modelImportSchema } from './model-import.schema.js';

const declaration = {
  kind: 'scorer',
  inputs: { x: { feed: 'hour' } },
  score: { output: 's' },
};
const parsed = (changes: object) => modelImportSchema.safeParse({ declaration, onnx: 'AAAA', ...changes });
const issues = (changes: object) => parsed(changes).error!.issues;

describe('the schema of an import', () => {
  const issue = (changes: object): string => issues(changes)[0]!.message;
  it('refuses files that are too large, text that is no base64, and more than 100 examples', () => {
    expect(issue({ onnx: 'A'.repeat(4 * 11_184_812) })).toBe('is larger than 33554432 bytes');
    expect(issue({ onnx: '%%%' })).toMatch(/base64/);
    expect(issue({ examples: Array.from({ length: 101 }, () => ({ inputs: {}, outputs: {} })) })).toMatch(/100/);
  });

  const recorded = (tensor: unknown): object => ({ examples: [{ inputs: { x: tensor }, outputs: {} }] });
  it('makes one issue of a list in which everything is wrong', () => {
    const category = { feed: 'category', of: 'user', path: 'p', unknown: 0 };
    const feeding = (values: unknown): object => ({
      declaration: { ...declaration, inputs: { x: { ...category, values } } },
    });
    const many = Array<string>(2_000_001).fill('');
    expect(issues({ items: many })).toMatchObject([
      { path: ['items'], message: 'has 2000001 members: at most 2000000 are taken' },
    ]);
    expect(issues({ items: ['a', ...many.slice(2)] })).toMatchObject([{ path: ['items', 1], code: 'too_small' }]);
    expect(issues({ items: [] })).toMatchObject([{ path: ['items'], code: 'too_small' }]);
    expect(issues(recorded(many))).toHaveLength(1);
    const named = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`x${i}`, 0]));
    expect(issues({ examples: [{ inputs: named, outputs: {} }] })).toMatchObject([
      { path: ['examples', 0, 'inputs'], message: 'has 1001 members: at most 1000 are taken' },
    ]);
    expect(issues(feeding(Array(100_001).fill({})))).toHaveLength(1);
    expect(issues(feeding(Array(100_000).fill({})))).toHaveLength(1);
    expect(issues({ declaration: { ...declaration, inputs: named } })).toHaveLength(1);
  });

  it.each([
    ['a number', 1],
    ['text among numbers', [1, 'x']],
    ['four dimensions', [[[[1]]]]],
    ['too many numbers', Array(1_000_001).fill(0)],
    ['too many lists', Array(1_000_001).fill([])],
  ])('refuses %s as what was recorded', (_, tensor) => {
    expect(issues(recorded(tensor))).toMatchObject([
      { message: 'must be numbers in lists, one to three deep, at most 1000000 in all' },
    ]);
  });

  it.each([[[1, 2]], [[[1], [2]]], [[[[1, 2]], [[3, 4]]]], [[]]])('takes %j as what was recorded', (tensor) => {
    expect(parsed(recorded(tensor)).success).toBe(true);
  });
});
