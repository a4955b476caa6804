import { setImmediate as turn } from 'node:timers/promises';
import { merged } from './merged.js';

describe('merged readings', () => {
  async function* counting(from: number, to: number, ended?: () => void): AsyncGenerator<number> {
    try {
      for (let n = from; n < to; n++) yield n;
    } finally {
      ended?.();
    }
  }

  it('give everything of each once', async () => {
    const all: number[] = [];
    for await (const n of merged([counting(0, 5), counting(5, 6), counting(6, 6)])) all.push(n);
    expect(all.sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('end with the loop', async () => {
    let ended = 0;
    for await (const n of merged([counting(0, 9, () => ended++), counting(0, 9, () => ended++)])) if (n > 0) break;
    expect(ended).toBe(2);
  });

  it('fail when who reads comes back, not before', async () => {
    async function* failing(): AsyncGenerator<number> {
      yield 1;
      throw new Error('no answer');
    }
    const reading = merged([failing()]);
    expect((await reading.next()).value).toBe(1);
    await turn();
    await expect(reading.next()).rejects.toThrow('no answer');
  });
});
