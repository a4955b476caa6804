import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { EvaluationResult } from '@attune/evaluation';
import { startAttune, until } from './testing/attune.process.js';
import { TinyShop } from './testing/tiny-shop.js';

let shop: TinyShop;
beforeAll(() => (shop = new TinyShop()));
afterAll(() => shop.close());

/** Six of the eight items of a group, each followed by the next one: what comes next is certain, and nothing is popular. */
const walk = (user: number): string[] => {
  const start = Math.floor(user / 4);
  return Array.from({ length: 6 }, (_, step) => `g${user % 4}-${(start + step) % 8}`);
};
const USERS = 96;
const LINES = Array.from({ length: USERS }, (_, user) => `user-${user} ${walk(user).join(' ')}\n`).join('');

/** Options of a run; every file has a name of its own. */
const asked = (protocol: string, file: string, models: string, ...more: readonly string[]): readonly string[] => [
  ...['evaluate', '--protocol', protocol, '--input', file, '--models', models],
  ...more,
];
/** So little that each model is learned once, with its defaults, on the slowest machine and on the fastest. */
const NO_TIME = '.000001';
const trialsOf = (name: string): readonly string[] =>
  existsSync(shop.path(name)) ? readFileSync(shop.path(name), 'utf8').trim().split('\n') : [];

describe('evaluate --protocol', () => {
  it('next-item: figures as JSON, and predictions by the model that validation chose', async () => {
    const file = shop.write('walks.txt', LINES);
    const { code, value } = await shop.json<EvaluationResult>(
      ...asked(
        'next-item',
        file,
        'transitions,item-knn,blend',
        '--budget-minutes',
        NO_TIME,
        '--predictions',
        'next.tsv',
      ),
    );
    expect([code, value.protocol, value.chosenBy]).toEqual([0, 'next-item', 'ndcg@10']);
    expect(value.models.map(({ name }) => name)).toEqual(['transitions', 'item-knn', 'blend']);
    for (const { validation, test, fitSeconds, cpuSeconds } of value.models) {
      expect(validation['ndcg@10']).toBeGreaterThan(0.5);
      expect(test['ndcg@10']).toBeGreaterThan(0.5);
      expect(fitSeconds).toBeGreaterThan(0);
      expect(cpuSeconds).toBeGreaterThan(0);
    }
    const best = [...value.models].sort((a, b) => b.validation['ndcg@10']! - a.validation['ndcg@10']!)[0]!;
    expect(value.models.find(({ name }) => name === value.chosen)!.validation).toEqual(best.validation);
    const lines = readFileSync(shop.path('next.tsv'), 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(USERS);
    for (const [user, line] of lines.entries()) {
      const [id, ...items] = line.split('\t');
      expect([id, items.length, new Set(items).size]).toEqual([`user-${user}`, 10, 10]);
      expect(items.filter((item) => walk(user).includes(item))).toEqual([]);
      // Two items of the group are left.
      expect(new Set(items.slice(0, 2).map((item) => item.slice(0, 2)))).toEqual(new Set([`g${user % 4}`]));
    }
    expect(readdirSync(shop.folder).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('rating: a table for a person, of a zipped file', async () => {
    const rows = Array.from({ length: 120 }, (_, i) => `u${i % 12},i${Math.floor(i / 12)},${1 + ((i * 7) % 5)}`);
    const file = shop.write('ratings.csv.gz', gzipSync(`user,item,rating\n${rows.join('\n')}`));
    const { code, stdout, stderr } = await shop.run(...asked('rating', file, 'baseline', '--budget-minutes', NO_TIME));
    expect([code, stderr]).toEqual([0, 'baseline …\nbaseline: 1 tried\nbaseline: done\n']);
    expect(stdout).toMatch(/^rating: 12 users, 10 items, 120 interactions to learn from, 120 test cases\n\nmodel +/);
    expect(stdout).toMatch(/\nbaseline +\d\.\d{4} +\d\.\d{4}/);
    expect(stdout).toMatch(/\nChosen on validation: baseline\. [^]*no column fold: five folds are drawn from seed 42/);
  });

  it('clicks: deepfm is trained and asked through ONNX Runtime', async () => {
    const cases = Array.from({ length: 400 }, (_, i) => ({ user: i % 9, item: Math.floor(((i * 0.618) % 1) * 8) }));
    const rows = cases.map(({ user, item }) => `u${user},i${item},${(user + item) % 2}`);
    const file = shop.write('clicks.csv', `user,item,label\n${rows.join('\n')}`);
    const args = asked('clicks', file, 'logistic-regression,deepfm', '--budget-minutes', NO_TIME);
    const { code, value } = await shop.json<EvaluationResult>(...args);
    const [plain, deep] = value.models;
    expect([code, value.chosen, deep!.name]).toEqual([0, 'deepfm', 'deepfm']);
    expect(plain!.test['auc']).toBeLessThan(0.7);
    expect(deep!.test['auc']).toBeGreaterThan(0.9);
    expect(value.notes).toEqual(['no column time: the order is that of the rows']);
  });

  it('sasrec is trained and asked through ONNX Runtime', async () => {
    const file = shop.write('sasrec.txt', LINES);
    const args = asked('next-item', file, 'popular,sasrec', '--budget-minutes', NO_TIME);
    const { code, value } = await shop.json<EvaluationResult>(...args);
    const [popular, sasRec] = value.models;
    expect([code, sasRec!.name]).toEqual([0, 'sasrec']);
    // All items are equally popular, which finds nothing; in so little time a transformer tells them apart, if not well.
    expect(popular!.test['ndcg@10']).toBeLessThan(0.05);
    expect(sasRec!.test['ndcg@10']).toBeGreaterThan(0.06);
    expect(sasRec!.options['stopAfter']).toBeGreaterThanOrEqual(1);
    expect(sasRec!.options['epochs']).toBeLessThanOrEqual(60);
  });
});

describe('what is refused', () => {
  it.each([
    [
      'a model it does not know',
      asked('next-item', 'log.txt', 'ease,esae'),
      2,
      /no model esae.*\n.*Known models: popular, /,
    ],
    [
      'a protocol it does not know',
      asked('next', 'log.txt', 'ease'),
      2,
      /Allowed choices are rating, strong, next-item/,
    ],
    ['--input alone', ['evaluate', '--input', 'log.txt'], 2, /--protocol is missing: --input needs one of rating, /],
    ['--protocol alone', ['evaluate', '--protocol', 'rating'], 2, /--input is missing: --protocol rating needs a file/],
    ['no time', asked('next-item', 'log.txt', 'ease', '--budget-minutes', '0'), 2, /number of minutes above 0/],
    [
      'a file that is not there',
      asked('next-item', 'nothing.txt', 'ease'),
      1,
      /nothing\.txt cannot be read.*\n *fix: Check/,
    ],
    ['a broken file', asked('next-item', 'broken.txt', 'ease'), 1, /broken\.txt:2: not a line "user item item …"/],
    [
      'predictions into nowhere',
      asked('next-item', 'log.txt', 'ease', '--predictions', 'no/where.tsv'),
      2,
      /no\/where\.tsv cannot be written \(ENOENT\)/,
    ],
  ])('%s', async (_, args, code, message) => {
    shop.write('log.txt', 'u a b c d\nv b c d a\n');
    shop.write('broken.txt', 'u a b c d\nv\n');
    const ended = await shop.run(...args);
    expect(ended).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(message) });
    expect(ended.stderr).not.toMatch(/\n {4}at /);
  });

  it('--json tells an error as a document', async () => {
    const { code, value } = await shop.json<{ error: unknown }>(...asked('rating', 'nothing.csv', 'svd'));
    expect([code, value]).toEqual([
      1,
      { error: { code: 'FAILED', detail: expect.stringContaining('nothing.csv'), fix: expect.any(String) } },
    ]);
  });
});

describe('Ctrl-C in the middle of a search', () => {
  /** Processes that a process started. */
  const childrenOf = (pid: number): number[] =>
    execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number))
      .filter(([, parent]) => parent === pid)
      .map(([child]) => child!);
  const lives = (pid: number): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  it('ends long before its time, leaves nothing half done, and the same command goes on', async () => {
    const file = shop.write('stopped.txt', LINES);
    const args = asked('next-item', file, 'transitions', '--predictions', 'stopped.tsv', '--trials', 'trials.jsonl');
    const running = startAttune([...args, '--budget-minutes', '60'], shop.options);
    await until('some trials', () => trialsOf('trials.jsonl').length >= 3);
    const [child] = childrenOf(running.pid);
    expect(lives(child!)).toBe(true);
    const { code, stdout, stderr } = await running.kill('SIGINT');
    expect([code, stdout]).toEqual([130, '']);
    expect(stderr).toMatch(/attune: stopped\n *fix: run the same command again\n$/);
    await until('the child to end', () => !lives(child!));
    expect(readdirSync(shop.folder).filter((name) => name.startsWith('stopped.tsv'))).toEqual([]);
    const kept = trialsOf('trials.jsonl').length;
    const again = await shop.json<EvaluationResult>(...args, '--budget-minutes', NO_TIME);
    // What was known takes no time; nothing more was tried, as the time was over.
    expect([again.code, again.value.models[0]!.tried >= kept - 1]).toEqual([0, true]);
    expect(trialsOf('trials.jsonl').length - kept).toBeLessThan(2);
    expect(existsSync(shop.path('stopped.tsv'))).toBe(true);
  });
});
