import { sequenceOf, type Sequences, userCount } from '@attune/algorithms';
import { referenceRuntime } from '@attune/training';
import { readFileSync } from 'node:fs';
import { evaluate } from '../run/evaluate.js';
import { TempFolder } from '../testing/temp-folder.js';
import { nextBasket, type BasketPart } from './next-basket.protocol.js';
import type { RankingTask } from './ranking.task.js';

const folder = new TempFolder();
afterAll(() => folder.close());

const DAY = 86_400;
/** Rows of words `user day items`, an item a letter. */
const table = (words: readonly string[]): string =>
  `user,item,time\n${words
    .map((word) => word.split(' '))
    .flatMap(([user, day, items]) => [...items!].map((item) => `${user},${item},${Number(day) * DAY}\n`))
    .join('')}`;
const open = (part: BasketPart, words: readonly string[]): Promise<RankingTask> =>
  nextBasket(part).open([folder.write('purchases', table(words))]);
const idsOf = (task: RankingTask, rows: Int32Array): string => Array.from(rows, (row) => task.itemIds[row]!).join('');
const learned = (task: RankingTask, log: Sequences): string[] =>
  Array.from({ length: userCount(log) }, (_, u) => idsOf(task, sequenceOf(log, u)));
const asked = (task: RankingTask, cases: RankingTask['test']): string[] =>
  cases.map(
    ({ shopper, history, excluded, wanted }) =>
      `${shopper!.at / DAY / 1000} ${idsOf(task, history)} -${idsOf(task, excluded!)} ${idsOf(task, wanted)}`,
  );

const WORDS = ['u 1 ab', 'u 2 ac', 'u 3 cd', 'v 1 b', 'v 4 ba', 'w 2 d'];

it('holds out the latest basket and the one before it, and asks as of their moments', async () => {
  const task = await open('whole', WORDS);
  expect(asked(task, task.validation)).toEqual(['2 ab - ac']);
  expect(asked(task, task.test)).toEqual(['3 abac - cd', '4 b - ba']);
  expect(learned(task, task.log)).toEqual(['ab', 'b', 'd']);
  expect(learned(task, task.testLog!)).toEqual(['abac', 'b', 'd']);
  expect(task).toMatchObject({ ordered: true, repeats: true, chosenBy: 'hitRate@10' });
});

it('wants what is new to the buyer alone, where that is asked', async () => {
  const task = await open('new', [...WORDS, 'x 1 ab', 'x 2 a', 'x 3 b']);
  expect(asked(task, task.validation)).toEqual(['2 ab -ab c']);
  // v buys a for the first time; x buys nothing new.
  expect(asked(task, task.test)).toEqual(['3 abac -abac d', '4 b -b a']);
});

it('has everything to learn from for predictions, asked after the last purchase', async () => {
  const { whole, ...task } = await open('new', WORDS);
  expect(learned(task, whole!.log)).toEqual(['abaccd', 'bba', 'd']);
  expect(whole!.askers.map(({ id, shopper }) => `${id} ${shopper!.at}`)).toEqual([
    'u 345600001',
    'v 345600001',
    'w 345600001',
  ]);
});

it('refuses a file in which nobody has three baskets', async () => {
  await expect(open('whole', ['u 1 a', 'u 2 b', 'v 1 a'])).rejects.toMatchObject({
    code: 'DATA_FILE',
    message: expect.stringMatching(/nobody has the three baskets/),
  });
});

/** Everybody buys their own item every day and, by turns, one of what the next week has on offer. */
function plantedPurchases(): string {
  const words = Array.from({ length: 24 }, (_, user) =>
    Array.from({ length: 8 }, (__, day) => `u${user} ${day + 1 + user / 100} ${letter(user % 6)}${letter(6 + day)}`),
  );
  return table(words.flat());
}
const letter = (i: number): string => String.fromCharCode(97 + i);

it('ranks repeats by own purchases, and leaves them out where what is new is wanted', async () => {
  const inputs = [folder.write('planted', plantedPurchases())];
  const run = (basket: BasketPart, models: readonly string[], predictions?: string) =>
    evaluate(
      {
        protocol: 'next-basket',
        basket,
        inputs,
        models,
        budgetMinutes: 1e-6,
        seed: 1,
        ...(predictions === undefined ? {} : { predictions }),
      },
      { runtime: referenceRuntime, onProgress: () => undefined },
    );
  const file = folder.at('next.tsv');
  const whole = await run(
    'whole',
    ['buy-again', 'recent-sales', 'recent-neighbors', 'ease', 'lambdamart', 'blend'],
    file,
  );
  expect(whole.models.map(({ name }) => name).sort()).toEqual(
    ['blend', 'buy-again', 'ease', 'lambdamart', 'recent-neighbors', 'recent-sales'].sort(),
  );
  const figures = Object.fromEntries(whole.models.map(({ name, test }) => [name, test['ndcg@10']!]));
  // The own item comes first for who counts own purchases; what is on offer today is new to all but the first.
  expect(figures['buy-again']).toBeGreaterThan(0.55);
  expect(figures['lambdamart']).toBeGreaterThanOrEqual(figures['buy-again']!);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(24);
  for (const [user, line] of lines.entries()) expect(line.split('\t').slice(0, 2)).toContain(`u${user}`);
  const fresh = await run('new', ['buy-again']);
  // New are the last day's item and the own items of five others: who knows own purchases alone ranks them all alike.
  expect(fresh.models[0]!.test['ndcg@10']).toBeCloseTo(1 / Math.log2(3.5 + 1), 12);
});

it('refuses what a basket is wanted of in other protocols', async () => {
  await expect(
    evaluate(
      { protocol: 'next-item', basket: 'new', inputs: [], models: [], budgetMinutes: 1, seed: 1 },
      { runtime: referenceRuntime, onProgress: () => undefined },
    ),
  ).rejects.toMatchObject({ code: 'REQUEST', message: 'next-item has no basket' });
});
