import type { JobRequestOf } from '../jobs/job.js';
import { joinedPages } from '../joined-pages.js';
import { evaluateSurface, type Evaluation } from './evaluate-surface.js';
import { recommendUsers } from './recommend-users.js';
import { openRepeatShop, SHOPPERS, type RepeatShop } from './testing/repeat-shop.js';

const EVALUATE: JobRequestOf<'evaluate'> = { type: 'evaluate', surface: 'home', limit: 10, seed: 42 };
const RECOMMEND: JobRequestOf<'recommend'> = { type: 'recommend', surface: 'home', limit: 3, seen: 'exclude' };

let shop: RepeatShop;
beforeAll(async () => {
  shop = await openRepeatShop();
});
beforeEach(() => void shop.progress.splice(0));
afterAll(() => shop.close());

const evaluate = async (changes: Partial<JobRequestOf<'evaluate'>> = {}): Promise<Evaluation> =>
  JSON.parse(await shop.run({ ...EVALUATE, ...changes }, evaluateSurface)) as Evaluation;

describe('evaluate', () => {
  it('asks as of just before each last basket', async () => {
    const { tasks, degraded } = await evaluate();
    // Nobody had bought the hit before the first shopper did; the second finds it among 29 that sold once.
    const { hitRate, recall, mrr, users } = tasks.newItems;
    expect(users).toBe(SHOPPERS);
    expect([28 / 30, 29 / 30]).toContain(hitRate.mean);
    expect(recall.mean).toBe(hitRate.mean);
    expect(mrr.mean).toBeGreaterThan(28 / 30 - 1e-9);
    expect(hitRate.low).toBeLessThan(hitRate.mean);
    expect(hitRate.high).toBeGreaterThanOrEqual(hitRate.mean);
    expect(tasks.wholeBasket.users).toBe(SHOPPERS);
    expect(tasks.newItems.coverage.items).toBeGreaterThan(10);
    expect(degraded).toEqual([]);
    expect(shop.progress.at(-1)).toEqual([2 * SHOPPERS, 2 * SHOPPERS]);
  });

  it('gives the same figures for the same seed, of as many users as asked', async () => {
    const some = await evaluate({ users: 7, seed: 1 });
    expect(some.tasks.newItems.users).toBe(7);
    expect(await evaluate({ users: 7, seed: 1 })).toEqual(some);
  });

  it('stops when it is canceled, and names a surface that is not there', async () => {
    const stopped = AbortSignal.abort(new Error('canceled'));
    await expect(shop.run(EVALUATE, evaluateSurface, stopped)).rejects.toThrow('canceled');
    await expect(evaluate({ surface: 'nowhere' })).rejects.toMatchObject({ code: 'SURFACE_NOT_FOUND' });
  });
});

describe('recommend', () => {
  interface Line {
    readonly userId: string;
    readonly items: readonly { readonly id: string; readonly score: number }[];
  }
  const linesOf = (text: string): readonly Line[] =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);

  it('writes a line for every known user, without what he bought', async () => {
    const lines = linesOf(await shop.run(RECOMMEND, recommendUsers));
    const known = await joinedPages(shop.parts.stores.events.userIds());
    expect(lines.map(({ userId }) => userId).sort()).toEqual([...known].sort());
    for (const { userId, items } of lines) {
      expect(items).toHaveLength(3);
      expect(items.map(({ id }) => id)).not.toContain('hit');
      expect(items.map(({ id }) => id)).not.toContain(`own-${userId}`);
    }
    expect(shop.progress.at(-1)).toEqual([SHOPPERS, SHOPPERS]);
  });

  it('gives what a request of one user gives', async () => {
    const request = { ...RECOMMEND, users: ['u3', 'nobody'], seen: 'include' as const };
    const [line, unknown] = linesOf(await shop.run(request, recommendUsers));
    expect(line!.items[0]).toMatchObject({ id: 'hit' });
    expect(unknown!.items).toHaveLength(3);
  });
});
