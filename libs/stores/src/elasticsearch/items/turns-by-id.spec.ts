import { TurnsById } from './turns-by-id.js';

describe('TurnsById', () => {
  it('keeps the order of what has an id in common, and makes nothing else wait', async () => {
    const turns = new TurnsById();
    const done: string[] = [];
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const take = (name: string, ids: readonly string[], until: Promise<void> = Promise.resolve()): Promise<void> =>
      turns.take(ids, async () => {
        await until;
        done.push(name);
      });
    const first = take('first', ['a', 'b'], held);
    const second = take('second', ['b', 'c']);
    const third = take('third', ['c', 'a']);
    await take('other', ['d']);
    expect(done).toEqual(['other']);
    release();
    await Promise.all([first, second, third]);
    expect(done).toEqual(['other', 'first', 'second', 'third']);
  });

  it('goes on after a failure, and settles when all is done', async () => {
    const turns = new TurnsById();
    const failed = turns.take(['a'], () => Promise.reject(new Error('no')));
    const done: string[] = [];
    void turns.take(['a'], async () => void done.push('next'));
    await expect(failed).rejects.toThrow('no');
    await turns.settled();
    expect(done).toEqual(['next']);
  });
});
