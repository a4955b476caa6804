import { existsSync, mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import type { SearchAnswer, SlateAnswer } from '@attune/sdk';
import type { ChatAnswer } from '@attune/server';
import type { Job } from './jobs/job.js';
import { startAttune, until } from './testing/attune.process.js';
import { NO_MODEL, ONE_VECTOR, TinyShop } from './testing/tiny-shop.js';

let shop: TinyShop;
let url: string;
beforeAll(async () => {
  shop = new TinyShop(undefined, { ...NO_MODEL, train: [{ use: 'item-knn' }] });
  url = await shop.serve();
  await shop.fill();
});
afterAll(() => shop.close());

describe('slates', () => {
  it('recommend prints a table', async () => {
    const { code, stdout, stderr } = await shop.run('recommend', '--user', 'ada', '--limit', '2');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^home for ada: 2 items, [\d.]+ ms\n\n#  item +id +price +score\n1 /);
    expect(stdout).not.toContain('mug'); // bought
  });

  it('--explain takes each score apart with a bar, and shows the funnel', async () => {
    const { stdout } = await shop.run('recommend', '--user', 'ada', '--seen', 'include', '--explain', '--limit', '2');
    expect(stdout).toMatch(/1 Porcelain tea mug \(mug\) {2}(\S+)\n {4}popularity {2}█{24} \+\1\n/);
    expect(stdout).toMatch(/\nCandidates: 3 → 3 → 2\n {4}proposed {2}█{24} {4}3 {2}popular 3\n/);
  });

  it('prints no color and no control character in a pipe, whatever titles hold', async () => {
    const { stdout } = await shop.run('recommend', '--explain');
    expect(stdout).toContain('Reading [31mlamp');
    expect(stdout.replaceAll('\n', '')).toMatch(/^\P{Cc}*$/u);
  });

  it('--json is the answer and nothing else, with filters and surfaces', async () => {
    const filter = '{"categories":"Home"}';
    const { code, value } = await shop.json<SlateAnswer>('recommend', '--filter', filter, '--explain');
    expect([code, value.items.map(({ id }) => id)]).toEqual([0, ['lamp']]);
    expect(value.items[0]!.contributions).toHaveProperty('popularity');
  });

  it('search prints the query, what was found and facets', async () => {
    const { code, stdout } = await shop.run('search', 'lunch box', '--facet', 'categories');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^“lunch box”: 2 found/);
    expect(stdout).toMatch(/Red lunch box +lunch-red +4\.00 GBP/);
    expect(stdout).toContain('categories: Kitchen 2');
    const { value } = await shop.json<SearchAnswer>('search', 'lunch box');
    expect(value.total).toBe(2);
  });

  it('chat answers a turn with what is shown and why, and what may be said next', async () => {
    const { code, stdout } = await shop.run('chat', 'a lunch box under 6 pounds', '--user', 'ada');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Here .*“lunch box”: up to £6\.00/);
    expect(stdout).toMatch(/\[1\] +Red lunch box +4\.00 GBP/);
    const { value } = await shop.json<ChatAnswer>('chat', 'talk to a person');
    expect(value.handover).toEqual({ reason: 'asked', told: false });
    expect((await shop.run('chat', '')).stderr).toContain('VALIDATION_FAILED');
  });

  it('why says where an item fell, and what would help', async () => {
    const bought = await shop.run('why', 'mug', '--user', 'ada');
    expect([bought.code, bought.stdout]).toEqual([0, expect.stringMatching(/^mug: not shown: fell at filter/)]);
    expect(bought.stdout).toContain('What would help:');
    expect((await shop.run('why', 'lamp', '--user', 'ada')).stdout).toMatch(/^lamp: shown, place 1 of /);
  });

  it('replay asks a slate again', async () => {
    const { value } = await shop.json<SlateAnswer>('recommend', '--user', 'ada');
    expect(await shop.run('replay', value.slateId)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('the same slate again'),
    });
  });
});

describe('jobs', () => {
  it('train follows the job to its end, and jobs lists and shows it', async () => {
    const trained = await shop.run('train', 'item-knn');
    expect([trained.code, trained.stdout]).toEqual([0, 'Trained 1 model; in use from now on.\n']);
    expect(trained.stderr).toMatch(/^training …\ntraining: done\n$/);
    const { value } = await shop.json<{ jobs: Job[] }>('jobs', 'list');
    const job = value.jobs.find(({ type }) => type === 'train')!;
    expect((await shop.run('jobs', 'show', job.id)).stdout).toContain(`train job ${job.id}: completed, 100 %`);
    expect((await shop.run('jobs', 'list')).stdout).toMatch(new RegExp(`${job.id} +train +completed`));
  });

  it('a job that cannot begin ends with 1 and its cause', async () => {
    const { code, stderr } = await shop.run('train', 'no-such-trainer');
    expect(code).toBe(1);
    expect(stderr).toContain("no trainer 'no-such-trainer'");
  });

  it('a job that has ended cannot be canceled: 1, with code and fix', async () => {
    const { value } = await shop.json<{ jobs: Job[] }>('jobs', 'list');
    const { code, value: told } = await shop.json('jobs', 'cancel', value.jobs[0]!.id);
    expect([code, told]).toEqual([
      1,
      { error: expect.objectContaining({ code: 'JOB_NOT_CANCELABLE', fix: expect.any(String) }) },
    ]);
  });
});

describe('a job that failed', () => {
  it('is done again as a new one, which fails as it did; one that has not failed is not', async () => {
    const diff = ['plugin', 'diff', 'popularity', '--surface', 'home', '--config', '{"nonsense":1}'];
    expect((await shop.run(...diff)).code).toBe(1);
    const failedJobs = async (): Promise<readonly Job[]> =>
      (await shop.json<{ jobs: Job[] }>('jobs', 'list')).value.jobs.filter(({ state }) => state === 'failed');
    const [failed] = await failedJobs();
    const again = await shop.run('jobs', 'retry', failed!.id);
    expect([again.code, again.stdout]).toEqual([0, expect.stringMatching(/^diff job job-\S+: /)]);
    expect(again.stdout).not.toContain(failed!.id);
    await until('the new job to fail', async () => (await failedJobs()).length === 2);
    const errors = (await failedJobs()).map(({ error }) => error);
    expect(errors).toEqual([failed!.error, failed!.error]);
    const { value } = await shop.json<{ jobs: Job[] }>('jobs', 'list');
    const done = value.jobs.find(({ state }) => state === 'completed')!;
    const { code, value: told } = await shop.json('jobs', 'retry', done.id);
    expect([code, told]).toEqual([
      1,
      { error: expect.objectContaining({ code: 'JOB_NOT_RETRYABLE', fix: expect.any(String) }) },
    ]);
  });
});

describe('users', () => {
  it('export prints everything, erase forgets it', async () => {
    const kept = await shop.json<{ events: object[] }>('export', 'bob');
    expect(kept.value.events).toHaveLength(2);
    const asked = await shop.run('erase', 'bob');
    expect([asked.code, asked.stderr]).toEqual([2, expect.stringContaining('Add --yes')]);
    expect(await shop.run('erase', 'bob', '--yes')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('events: 2'),
    });
    expect(await shop.run('export', 'bob')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('USER_NOT_FOUND'),
    });
  });
});

describe('errors', () => {
  it('a problem is told as code, detail and fix', async () => {
    const { code, stdout, stderr } = await shop.run('recommend', '--surface', 'nowhere');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^attune: SURFACE_NOT_FOUND: no surface 'nowhere'; there are home, search\n {2}fix: .+\n$/);
  });

  it('--url names a server, and one that does not answer is told', async () => {
    expect((await shop.run('recommend', '--url', url, '--data-dir', 'elsewhere')).code).toBe(0);
    const dead = await shop.run('recommend', '--url', 'http://127.0.0.1:9');
    expect([dead.code, dead.stderr]).toEqual([1, expect.stringContaining('no server answers at http://127.0.0.1:9')]);
    expect((await shop.run('recommend', '--url', 'localhost')).code).toBe(2);
  });

  it('commands that only read begin no data folder', async () => {
    const { code, stderr } = await shop.run('jobs', 'list', '--data-dir', 'elsewhere');
    expect([code, stderr]).toEqual([1, expect.stringContaining('there is no data folder')]);
  });

  it('Ctrl-C while another process opens the folder is an interruption', async () => {
    const alone = new TinyShop();
    try {
      mkdirSync(alone.path('.attune'));
      const owner = { pid: process.pid, host: hostname(), address: 'starting', startedAt: 'now', nonce: 'n' };
      alone.write('.attune/owner.lock', JSON.stringify(owner));
      const started = startAttune(['recommend'], alone.options);
      await until('the command to wait', () => started.stderr.includes('waiting until it listens'));
      expect(await started.kill('SIGINT')).toMatchObject({ code: 130, stderr: expect.stringContaining('stopped') });
    } finally {
      await alone.close();
    }
  });

  it('a plugin that never comes to an end is told, and the command has failed', async () => {
    const alone = new TinyShop(undefined, NO_MODEL);
    const endless = 'setup: async () => (await new Promise(() => undefined), {';
    alone.write('one-vector.cjs', ONE_VECTOR.replace('setup: () => ({', endless));
    try {
      const run = await alone.run('import', 'items', alone.write('i.jsonl', '{"id":"a","title":"A"}\n'));
      expect([run.code, run.stdout]).toEqual([1, '']);
      expect(run.stderr).toMatch(/^attune: ended before it was done: a plugin waits for what never comes$/m);
    } finally {
      await alone.close();
    }
  });

  it('Ctrl-C at a start of its own ends in order', async () => {
    const alone = new TinyShop(undefined, NO_MODEL);
    // In the middle of its start, as fast or slow as that is.
    const interrupting = `setup: () => (process.kill(process.pid, 'SIGINT'), {`;
    alone.write('one-vector.cjs', ONE_VECTOR.replace('setup: () => ({', interrupting));
    try {
      const run = await alone.run('import', 'items', alone.write('i.jsonl', '{"id":"a","title":"A"}\n'));
      expect([run.code, run.stdout]).toEqual([130, '']);
      expect(existsSync(alone.path('.attune/owner.lock'))).toBe(false);
    } finally {
      await alone.close();
    }
  });
});
