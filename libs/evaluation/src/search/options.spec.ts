import { allOptions } from './options.js';

it('gives every combination of a grid once, the defaults first', () => {
  expect(allOptions({ k: [3, 1], word: ['a', 'b'] })).toEqual([
    { k: 3, word: 'a' },
    { k: 3, word: 'b' },
    { k: 1, word: 'a' },
    { k: 1, word: 'b' },
  ]);
  expect(allOptions({})).toEqual([{}]);
});
