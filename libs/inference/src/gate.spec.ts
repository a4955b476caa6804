import { Gate } from './gate.js';

describe('Gate', () => {
  it('never lets more in than its width, in order, and goes on after a failure', async () => {
    const gate = new Gate(2);
    const order: number[] = [];
    let inside = 0;
    let most = 0;
    const work = (n: number) => async (): Promise<void> => {
      most = Math.max(most, ++inside);
      order.push(n);
      await new Promise((resolve) => setImmediate(resolve));
      inside--;
      if (n === 1) throw new Error('one fails');
    };
    const results = await Promise.allSettled(Array.from({ length: 7 }, (_, n) => gate.through(work(n))));
    expect(results.map((r) => r.status)).toEqual(['fulfilled', 'rejected', ...Array<string>(5).fill('fulfilled')]);
    expect([most, ...order]).toEqual([2, 0, 1, 2, 3, 4, 5, 6]);
  });
});
