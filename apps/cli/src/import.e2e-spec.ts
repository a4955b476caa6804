import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { ImportOutcome } from './import/import-file.js';
import type { Progress } from './import/progress.file.js';
import { startAttune, until } from './testing/attune.process.js';
import { GateProxy } from './testing/gate.proxy.js';
import { commandsOf } from './testing/guides.js';
import { ITEMS, jsonl, NO_MODEL, TinyShop } from './testing/tiny-shop.js';

const EXAMPLES = 'docs/guides/examples';

let shop: TinyShop;
let url: string;
beforeAll(async () => {
  shop = new TinyShop(undefined, NO_MODEL);
  url = await shop.serve();
});
afterAll(() => shop.close());

const imported = (...args: readonly string[]) => shop.json<ImportOutcome>('import', ...args, '--no-wait');
const rejectedOf = (file: string) =>
  readFileSync(shop.path(`${file}.rejected.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { line: number; reason: string; row: unknown });
const get = async <T>(path: string): Promise<T> => (await (await fetch(`${url}${path}`)).json()) as T;
const event = (i: number) => `view,user-${i},mug,2026-01-01T00:00:0${i % 10}Z`;
const csv = (...rows: readonly string[]) => ['type,userId,itemId,at', ...rows, ''].join('\n');

describe('attune import', () => {
  it('keeps good rows, tells bad ones with line and reason, and ends with 1', async () => {
    const file = shop.write('mixed.csv', csv(event(1), 'view,user-2', event(3), 'Wrong Type,user-4,mug,', event(5)));
    const run = await shop.run('import', 'events', file);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('5 rows of mixed.csv: 3 taken, 2 rejected.');
    expect(run.stderr).toContain('line 3: it has 2 cells, the header 4');
    expect(rejectedOf(file)).toEqual([
      { line: 3, reason: 'it has 2 cells, the header 4', row: 'view,user-2' },
      { line: 5, reason: expect.stringMatching(/^type: /), row: expect.objectContaining({ userId: 'user-4' }) },
    ]);
    expect(existsSync(shop.path(`${file}.attune-progress`))).toBe(false);
  });

  it('counts a row once however often it comes', async () => {
    const file = shop.write(
      'twice.csv',
      csv('view,twin,mug,2026-01-01', 'view,twin,mug,2026-01-01', 'view,twin,lamp,2026-01-01'),
    );
    expect(await imported('events', file)).toMatchObject({ code: 0, value: { accepted: 2, known: 1 } });
    expect(await imported('events', file)).toMatchObject({ code: 0, value: { accepted: 0, known: 3 } });
  });

  it('takes the last of items with one id', async () => {
    const rows = ['First', 'Last'].map((title) => ({ id: 'same', title }));
    const file = shop.write('same.jsonl', jsonl(rows));
    expect((await imported('items', file)).code).toBe(0);
    expect(await get('/v1/items/same')).toMatchObject({ title: 'Last' });
  });

  it('goes on where it was killed, and every row is in once', async () => {
    const rows = Array.from({ length: 12_000 }, (_, i) => `view,long-${i},mug,2026-01-01`);
    const file = shop.write('long.csv', csv(...rows.slice(0, 500), 'broken', ...rows.slice(500)));
    const progressFile = shop.path(`${file}.attune-progress`);
    rmSync(progressFile, { force: true }); // What a first try left, where jest runs the test once more.
    const progress = (): number =>
      existsSync(progressFile) ? (JSON.parse(readFileSync(progressFile, 'utf8')) as Progress).line : 0;
    // One batch at a time, so that no process is done before it is ended.
    const gate = await GateProxy.before(url);
    try {
      const args = ['import', 'events', file, '--url', gate.url];
      const killed = startAttune(args, shop.options);
      gate.letThrough(1);
      await until('the first batch', () => progress() > 0);
      expect((await killed.kill('SIGKILL')).code).toBe(null);
      const before = progress();
      const stopped = startAttune(args, shop.options);
      // By then the gate has seen, too, that the first is gone.
      await until('the second to go on', () => stopped.stderr.includes(`going on after line ${before}`));
      gate.letThrough(1);
      await until('one batch more', () => progress() > before);
      const ending = stopped.kill('SIGINT');
      gate.letThrough(Infinity);
      const told = /stopped after line \d+[^]*fix: run the same command again/;
      expect(await ending).toMatchObject({ code: 130, stderr: expect.stringMatching(told) });
      const { value } = await imported('events', file, '--url', gate.url);
      expect(value.resumedAfter).toBeGreaterThan(before);
      expect([value.rejected, value.accepted + value.known]).toEqual([1, 12_000]);
      expect(rejectedOf(file).map(({ line }) => line)).toEqual([502]);
    } finally {
      gate.close();
    }
    expect((await imported('events', file)).value).toMatchObject({ accepted: 0, known: 12_000, resumedAfter: 0 });
  });

  it('begins anew where the file is another', async () => {
    const file = shop.write('changed.csv', csv(event(1)));
    const stale: Progress = {
      version: 1,
      digest: 'other',
      line: 99,
      counts: { accepted: 9, known: 0, rejected: 0, skipped: 0 },
      rejectedBytes: 0,
    };
    for (const left of [JSON.stringify(stale), 'garbage']) {
      writeFileSync(shop.path(`${file}.attune-progress`), left);
      expect((await imported('events', file)).value).toMatchObject({ resumedAfter: 0, rejected: 0 });
    }
  });

  it('reads JSONL, also gzipped, and users', async () => {
    const rows = [
      { id: 'zoe', consent: { profiling: false } },
      { id: 'yan', attributes: { plan: 'pro' } },
    ];
    writeFileSync(shop.path('users.jsonl.gz'), gzipSync(jsonl(rows)));
    expect(await imported('users', 'users.jsonl.gz')).toMatchObject({ code: 0, value: { accepted: 2 } });
    expect(await get('/v1/users/zoe')).toEqual(rows[0]);
  });

  it('reads Parquet of several row groups and codecs', async () => {
    const write = `
      import { parquetWriteFile } from 'hyparquet-writer';
      const ids = Array.from({ length: 250 }, (_, i) => 'parquet-' + i);
      parquetWriteFile({ filename: process.argv[1], rowGroupSize: 100, columnData: [
        { name: 'id', data: ids, type: 'STRING' },
        { name: 'title', data: ids.map((id) => 'Title of ' + id), type: 'STRING' },
        { name: 'price.amount', data: ids.map((_, i) => i / 2), type: 'DOUBLE' },
        { name: 'price.currency', data: ids.map(() => 'EUR'), type: 'STRING' },
        { name: 'attributes.size', data: ids.map((_, i) => BigInt(i)), type: 'INT64' },
        { name: 'publishedAt', data: ids.map(() => new Date(0)), type: 'TIMESTAMP' },
      ] });`;
    execFileSync(process.execPath, ['--input-type=module', '-e', write, shop.path('items.parquet')], {
      cwd: __dirname,
    });
    expect(await imported('items', 'items.parquet')).toMatchObject({ code: 0, value: { accepted: 250 } });
    expect(await get('/v1/items/parquet-240')).toMatchObject({
      title: 'Title of parquet-240',
      price: { amount: 120, currency: 'EUR' },
      publishedAt: '1970-01-01T00:00:00.000Z',
    });
  });
});

describe('docs/guides/import.md', () => {
  const shown = commandsOf('import.md');
  beforeAll(() => cpSync(join(__dirname, '../../..', EXAMPLES), shop.path(EXAMPLES), { recursive: true }));

  it.each(shown.map(({ args, output }) => [args.join(' '), args, output!] as const))(
    'attune %s prints what is shown',
    async (_, args, output) => {
      const { code, stdout, stderr } = await shop.run(...args, '--no-wait');
      expect(code).toBe(output.includes('rejected') ? 1 : 0);
      const said = `${stderr}${stdout}`.split('\n');
      expect(
        output
          .trimEnd()
          .split('\n')
          .filter((line) => !said.includes(line)),
      ).toEqual([]);
    },
  );

  it('shows the three examples, and each row is what the guide says', async () => {
    expect(shown.map(({ args }) => args[2])).toEqual(
      ['orders.csv', 'amazon-reviews.jsonl', 'shopify-products.csv'].map((name) => `${EXAMPLES}/${name}`),
    );
    const { events } = await get<{ events: object[] }>('/v1/users/A1FICTION/export');
    expect(events[0]).toEqual({
      id: 'review-A1FICTION-B0MUG00001-1382659200',
      type: 'rating',
      userId: 'A1FICTION',
      itemId: 'B0MUG00001',
      value: 5,
      at: '2013-10-25T00:00:00.000Z',
      context: { verified: true, summary: 'Warm tea' },
    });
    const ids = ['enamel-mug/MUG-BLUE', 'wool-blanket/BLANKET-GREY'].map((id) => encodeURIComponent(id));
    const [blue, blanket] = await Promise.all(ids.map((id) => get(`/v1/items/${id}`)));
    expect(blue).toMatchObject({
      title: 'Enamel mug',
      groupId: 'enamel-mug',
      brand: 'Northfold',
      categories: ['Kitchen', 'Mugs'],
      tags: ['camping', 'enamel'],
      price: { amount: 12.5, currency: 'USD' },
      available: true,
      attributes: { color: 'blue' },
    });
    expect(blanket).toMatchObject({ price: { amount: 1089 }, available: false });
    const rejected = `${EXAMPLES}/orders.csv`;
    expect(rejectedOf(rejected).map(({ line }) => line)).toEqual([4, 5]);
    expect(readFileSync(join(__dirname, '../../../docs/guides/import.md'), 'utf8')).toContain(
      JSON.stringify(rejectedOf(rejected)[0]).split(',"itemIds"')[0]!,
    );
  });
});

describe('hostile files', () => {
  it.each([
    ['binary.csv', Buffer.from([1, 0, 2, 255, 0, 10, 0]), 2, 'no text'],
    ['empty.jsonl', '', 1, 'is empty'],
    ['header.csv', 'type,userId\n', 1, 'holds no rows'],
    ['book.csv', 'PK\u0003\u0004rest', 2, 'Excel'],
    ['torn.jsonl.gz', gzipSync('{"id":"a"}\n'.repeat(5000)).subarray(0, 40), 1, 'broken gzip'],
    ['fake.parquet', 'PAR1 is not enough', 1, 'broken Parquet'],
    ['data.xyz', 'a,b\n', 2, 'does not tell its format'],
    ['alien.csv', 'foo,bar\n1,2\n', 2, 'no column of alien.csv is named like a field of events: foo, bar'],
    ['twins.csv', 'type,type\n1,2\n', 2, "the column 'type' twice"],
  ])('%s ends with one clear line', async (name, content, code, told) => {
    const run = await shop.run('import', 'events', shop.write(name, content));
    expect([run.code, run.stdout]).toEqual([code, '']);
    expect(run.stderr).toContain(told);
    expect(run.stderr).toMatch(/\n {2}fix: .+\n$/);
    expect(run.stderr).not.toMatch(/\n\s+at /);
  });

  it('missing files and folders are wrong usage', async () => {
    expect((await shop.run('import', 'events', 'nothing.csv')).code).toBe(2);
    expect((await shop.run('import', 'events', 'surfaces')).code).toBe(2);
    expect((await shop.run('import', 'things', 'mixed.csv')).code).toBe(2);
  });

  it('a line of 100 MB costs that row, and little memory', async () => {
    const file = shop.path('giant.jsonl');
    const good = (id: string) => JSON.stringify({ id, type: 'view', userId: 'giant', itemId: 'mug' });
    writeFileSync(file, `${good('g1')}\n"`);
    for (let i = 0; i < 100; i++) writeFileSync(file, Buffer.alloc(1_000_000, 'x'), { flag: 'a' });
    writeFileSync(file, `"\n${good('g2')}\n`, { flag: 'a' });
    const run = await shop.json<ImportOutcome>('import', 'events', 'giant.jsonl');
    expect(run).toMatchObject({ code: 1, value: { accepted: 2, rejected: 1 } });
    expect(rejectedOf('giant.jsonl')).toEqual([{ line: 2, reason: 'the line is longer than 1 MiB' }]);
    const capped = startAttune(['import', 'events', 'giant.jsonl'], {
      ...shop.options,
      node: ['--max-old-space-size=64'],
    });
    expect((await capped.ended).code).toBe(1);
    expect(statSync(file).size).toBeGreaterThan(100_000_000);
  });

  it('encodings are told apart, or given', async () => {
    const title = 'Théière';
    const rows = (id: string) => `id,title\n${id},${title}\nplain-${id},Plain\n`;
    shop.write('bom.csv', `\ufeff${rows('bom')}`);
    shop.write('wide.csv', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(rows('wide'), 'utf16le')]));
    shop.write('latin.csv', Buffer.from(rows('latin'), 'latin1'));
    expect((await imported('items', 'bom.csv')).value).toMatchObject({ accepted: 2, rejected: 0 });
    expect((await imported('items', 'wide.csv')).value).toMatchObject({ accepted: 2, rejected: 0 });
    expect(await imported('items', 'latin.csv')).toMatchObject({ code: 1, value: { accepted: 1, rejected: 1 } });
    expect(rejectedOf('latin.csv')[0]).toMatchObject({ line: 2, reason: expect.stringContaining('--encoding latin1') });
    expect((await imported('items', 'latin.csv', '--encoding', 'latin1')).value).toMatchObject({
      accepted: 2,
      rejected: 0,
    });
    for (const id of ['bom', 'wide', 'latin']) expect(await get(`/v1/items/${id}`)).toMatchObject({ title });
  });

  it('unknown columns are left out and named', async () => {
    const run = await shop.run(
      'import',
      'items',
      shop.write('more.csv', 'id;title;colour of the box\nmore;More;red\n'),
    );
    expect(run.code).toBe(0);
    expect(run.stderr).toContain('columns left out, being no fields of items: colour of the box');
    expect(await get('/v1/items/more')).toMatchObject({ id: 'more', title: 'More' });
  });

  it('a quote that is never closed is named, rows before it are kept', async () => {
    const file = shop.write('quote.csv', csv(event(1), event(2), '"view,user-3,mug,', event(4)));
    const { code, value } = await imported('events', file);
    expect([code, value.accepted + value.known]).toEqual([1, 2]);
    expect(rejectedOf(file)[0]).toMatchObject({ line: 4, reason: expect.stringContaining('not closed') });
  });

  it('a broken mapping is named with file and line', async () => {
    shop.write('bad.mapping.yaml', 'target: items\nfields:\n  id: a\n  prise.amount: b\n');
    const run = await shop.run('import', 'items', shop.write('x.csv', 'a,b\n1,2\n'), '--mapping', 'bad.mapping.yaml');
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("bad.mapping.yaml:4: items have no field 'prise.amount'");
  });
});

describe('without a server', () => {
  it('opens the folder itself, embeds what came, and leaves it to the next', async () => {
    const alone = new TinyShop();
    try {
      const file = alone.write('items.jsonl', jsonl(ITEMS));
      const run = await alone.run('import', 'items', file);
      expect([run.code, run.stdout]).toEqual([0, '4 rows of items.jsonl: 4 taken.\n']);
      expect(run.stderr).toContain('embedding: done');
      expect(existsSync(alone.path('.attune/owner.lock'))).toBe(false);
      const again = await alone.json<{ jobs: { type: string; state: string }[] }>('jobs', 'list');
      expect(again.value.jobs[0]).toMatchObject({ type: 'embed', state: 'completed' });
    } finally {
      await alone.close();
    }
  });
});
