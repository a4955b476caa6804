import { readInstructionLine } from './read-instruction-line.js';

describe('a line of a file', () => {
  it('that is none is refused without being quoted', () => {
    for (const wrong of ['', '{', 'null', '[]', '{"task":"purchase"}', '{"task":"secret words"}'])
      expect(() => readInstructionLine(wrong)).toThrow(/^(?!.*secret words)./);
  });
});
