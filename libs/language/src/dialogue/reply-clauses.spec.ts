import { clausesOf } from './reply-clauses.js';

const told = (reply: string): readonly string[] =>
  clausesOf(reply).map(({ text, places }) => `${places.join()}: ${text.replace(/\s+/g, ' ').trim()}`);

describe('clausesOf', () => {
  it.each([
    ['Here are 3. More?', [': Here are 3.', ': More?']],
    ['[1] is red at £4.50, and [2] is blue.', ['1: is red at £4.50,', '2: and is blue.']],
    ['[1] is cheaper than [2].', ['1,2: is cheaper than .']],
    ['[1], [2] and [3] are red.', ['1: and are red.', '2: and are red.', '3: and are red.']],
    ['Both [1] and [2] are red.', ['1: and are red.', '2: and are red.']],
    ['I like [2]. It is red. So are others.', ['2: I like .', '2: It is red.', ': So are others.']],
    ['[1]是红色，[2]是蓝色。它带盖子。', ['1: 是红色', '2: ， 是蓝色。', '1,2: 它带盖子。']],
    ['[1] Red mug\n[2] Blue mug', ['1: Red mug', '2: Blue mug']],
    ['', []],
  ] as const)('%p', (reply, clauses) => expect(told(reply)).toEqual(clauses));
});
