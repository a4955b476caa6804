import { textHash } from './hash.js';

it('textHash is the first half of SHA-256 over UTF-8', () => {
  expect(textHash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223');
  expect(textHash('é')).not.toBe(textHash('e\u0301'));
});
