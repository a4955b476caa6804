import { duplicatesOf, type TitledItem } from './duplicates.thread.js';

const some = (count: number): readonly TitledItem[] =>
  Array.from({ length: count }, (_, i) => ({ id: `i${i}`, title: `Mug number ${i >> 1}` }));

describe('duplicatesOf', () => {
  it('says the same of many items, in a thread, as of few', async () => {
    const { signal } = new AbortController();
    const few = await duplicatesOf(some(500), signal);
    expect(few).toHaveLength(250);
    expect((await duplicatesOf(some(502), signal)).slice(0, 250)).toEqual(few);
  });

  it('rejects with the reason of a signal', async () => {
    const abort = new AbortController();
    const told = duplicatesOf(some(20_000), abort.signal);
    abort.abort(new Error('canceled'));
    await expect(told).rejects.toThrow('canceled');
  });
});
