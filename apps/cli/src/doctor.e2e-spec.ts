import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { hostname } from 'node:os';
import type { Check } from '@attune/server';
import { attune } from './testing/attune.process.js';
import { EVENTS, ITEMS, jsonl, NO_MODEL, patient, SDK, tinySurface, TinyShop } from './testing/tiny-shop.js';

/** The default: the bundled model. */
const WITH_MODEL = {};

const shops: TinyShop[] = [];
afterEach(async () => {
  for (const shop of shops.splice(0)) await shop.close();
});

function open(surfaces?: ConstructorParameters<typeof TinyShop>[0], config: object = NO_MODEL): TinyShop {
  const shop = new TinyShop(surfaces, config);
  shops.push(shop);
  return shop;
}
async function filled(...args: Parameters<typeof open>): Promise<TinyShop> {
  const shop = open(...args);
  await shop.serve();
  await shop.fill();
  return shop;
}

/** What the doctor has against a shop: by check, status, words and fix. */
async function diagnosed(shop: TinyShop, options = shop.options): Promise<Record<string, Check>> {
  const { stdout } = await attune(['doctor', '--json'], options);
  const { checks } = JSON.parse(stdout) as { readonly checks: readonly Check[] };
  return Object.fromEntries(checks.map((check) => [check.id, check]));
}

const problem = (detail: RegExp, fix: RegExp) => ({
  status: 'problem',
  detail: expect.stringMatching(detail),
  fix: expect.stringMatching(fix),
});

describe('attune doctor', () => {
  it('finds nothing where all is well, and ends with 0', async () => {
    const shop = await filled(undefined, WITH_MODEL);
    await shop.run('embed');
    const { code, stdout } = await shop.run('doctor');
    expect([stdout, code]).toEqual([expect.stringMatching(/✓ items .*4 items, 4 available[^]*All is well\.\n$/), 0]);
  });

  it('no events, no items: names the imports', async () => {
    const shop = open();
    await shop.serve();
    const { items, events } = await diagnosed(shop);
    expect(items).toMatchObject(problem(/catalogue is empty/, /^attune import items/));
    expect(events).toMatchObject(problem(/no events/, /^attune import events/));
    expect((await shop.run('doctor')).code).toBe(1);
  });

  it('all filtered: names the filter and the file', async () => {
    const shop = open(
      { home: { filter: [...filters(), patient('nothing')] } },
      { ...NO_MODEL, plugins: [...NO_MODEL.plugins, { use: './nothing.cjs', inProcess: true }] },
    );
    shop.write(
      'nothing.cjs',
      `const { defineFilter } = require(${SDK});
      exports.nothing = defineFilter({ id: 'nothing', version: '1.0.0', vital: false, each: () => false });`,
    );
    await shop.serve();
    await shop.fill();
    const checks = await diagnosed(shop);
    expect(checks['surface:home']).toMatchObject(problem(/'nothing' removed \d/, /surfaces\/home\.yaml/));
  });

  it('all unavailable: names the items', async () => {
    const shop = open();
    await shop.serve();
    shop.write('off.jsonl', jsonl(ITEMS.map((item) => ({ ...item, available: false }))));
    await shop.run('import', 'items', 'off.jsonl', '--no-wait');
    expect((await diagnosed(shop))['items']).toMatchObject(
      problem(/none of 4 items is available/, /"available": true/),
    );
  });

  it('no model: names the training', async () => {
    const shop = await filled(undefined, { ...NO_MODEL, train: [{ use: 'item-knn' }] });
    expect((await diagnosed(shop))['models']).toMatchObject(problem(/not trained yet: item-knn/, /^attune train$/));
  });

  it('model folder missing: names file, line and folder', async () => {
    const shop = open(undefined, { embedders: [{ id: 'text', model: './no-such-model' }] });
    expect((await diagnosed(shop))['model:text']).toMatchObject(
      problem(/no-such-model is missing/, /attune\.config\.yaml:\d+/),
    );
  });

  it('vectors of another model: names the embedding', async () => {
    const shop = open(undefined, WITH_MODEL);
    shop.write('items.jsonl', jsonl(ITEMS));
    await shop.run('import', 'items', 'items.jsonl');
    const vectors = shop.path('.attune/tenants/default/vectors/text');
    renameSync(`${vectors}/${readdirSync(vectors)[0]!}`, `${vectors}/0123456789abcdef`);
    // A server enqueues what is missing at its start; one whose job was canceled leaves it to the doctor.
    const jobs = `${await shop.serve()}/v1/jobs`;
    const { jobs: begun } = (await (await fetch(jobs)).json()) as { readonly jobs: readonly { readonly id: string }[] };
    for (const { id } of begun) await fetch(`${jobs}/${id}`, { method: 'DELETE' });
    const check = (await diagnosed(shop))['vectors:text']!;
    if (check.status === 'ok') return; // it was quicker than we
    expect(check.detail).toMatch(/of 4 .*another model/);
    expect(check.fix).toMatch(/^attune (embed|jobs list)$/);
  });

  it('events ahead of the clock: names both', async () => {
    const shop = open();
    shop.write('ahead.cjs', 'const now = Date.now; Date.now = () => now() + 86_400_000;');
    shop.write('now.jsonl', jsonl([{ id: 'ahead', type: 'view', userId: 'ada', itemId: 'mug' }]));
    const ahead = { ...shop.options, node: ['--require', shop.path('ahead.cjs')] };
    expect((await attune(['import', 'events', 'now.jsonl'], ahead)).code).toBe(0);
    await shop.serve();
    const checks = await diagnosed(shop, ahead);
    expect(checks['clock']).toMatchObject(problem(/1 events lie after/, /set the server's clock/));
    expect(checks['clock:here']).toMatchObject(problem(/8\d{4} s ahead/, /timedatectl/));
  });

  it('consent off: says how many', async () => {
    const shop = await filled();
    const users = EVENTS.map((event) => ({ id: (event as { userId: string }).userId, consent: { profiling: false } }));
    await shop.run('import', 'users', shop.write('users.jsonl', jsonl(users)));
    expect((await diagnosed(shop))['consent']).toMatchObject(problem(/3 of 3 \(100 %\)/, /^if they did consent/));
  });

  it('a typo in the configuration: names file and line', async () => {
    const shop = open();
    shop.write('attune.config.yaml', 'surfaces: ./surfaces\nembeders: []\n');
    const checks = await diagnosed(shop);
    expect(checks['config']).toMatchObject(
      problem(/attune\.config\.yaml:2: unknown member 'embeders'/, /configuration\.md/),
    );
    expect(checks['data']).toMatchObject({ detail: expect.stringContaining('not looked at') });
    shop.write('attune.config.yaml', 'surfaces: [\n');
    expect((await diagnosed(shop))['config']).toMatchObject(problem(/attune\.config\.yaml:\d+: /, /mend/));
  });

  it('a typo in a pipeline: names file and line', async () => {
    const shop = open();
    shop.write('surfaces/home.yaml', JSON.stringify(tinySurface('home', { retreive: [] }), null, 2));
    expect((await diagnosed(shop))['surfaces']).toMatchObject(
      problem(/home\.yaml:\d+: unknown member 'retreive'/, /./),
    );
    shop.write('surfaces/home.yaml', JSON.stringify(tinySurface('home', { score: [{ use: 'popularty' }] }), null, 2));
    mkdirSync(shop.path('.attune'));
    expect((await diagnosed(shop))['server']).toMatchObject(
      problem(/home\.yaml:\d+: .*did you mean 'popularity'/, /./),
    );
  });

  it.each([
    {
      name: 'owner alive and silent',
      owner: { pid: process.pid, address: 'http://127.0.0.1:9' },
      status: 'problem',
      told: problem(/nothing answers at http:\/\/127\.0\.0\.1:9/, /kill \d+/),
    },
    {
      name: 'owner dead',
      owner: { pid: spawnSync(process.execPath, ['-e', '']).pid, address: 'x' },
      status: 'warning',
      told: problem(/no longer runs/, /npm start/),
    },
    {
      name: 'owner of another host',
      owner: { pid: 1, host: 'elsewhere', address: 'http://127.0.0.1:9' },
      status: 'problem',
      told: problem(/elsewhere/, /rm '.*owner\.lock'/),
    },
  ])('folder locked, $name', async ({ owner, status, told }) => {
    const shop = open();
    mkdirSync(shop.path('.attune'));
    const lock = { host: hostname(), startedAt: 'then', nonce: 'n', ...owner };
    writeFileSync(shop.path('.attune/owner.lock'), JSON.stringify(lock));
    const checks = await diagnosed(shop);
    expect(checks['owner']).toMatchObject({ ...told, status });
  });

  it('a lock that is none: names the file to delete', async () => {
    const shop = open();
    mkdirSync(shop.path('.attune'));
    writeFileSync(shop.path('.attune/owner.lock'), 'garbage');
    expect((await diagnosed(shop))['owner']).toMatchObject(problem(/not readable as a lock/, /^if no .* rm /));
  });

  it('a wrong variable and a taken port: name them', async () => {
    const shop = open();
    const taken = createServer();
    await once(taken.listen(0, '127.0.0.1'), 'listening');
    const { port } = taken.address() as { port: number };
    const at = (PORT: string) => ({ ...shop.options, env: { ...shop.options.env, PORT } });
    expect((await diagnosed(shop, at(String(port))))['port']).toMatchObject({
      status: 'warning',
      fix: expect.stringContaining(`PORT=${port + 1}`),
    });
    expect((await diagnosed(shop, at('many')))['environment']).toMatchObject(problem(/^PORT: must be a number/, /./));
    await new Promise((resolve) => taken.close(resolve));
  });

  it('no server at an address: says so', async () => {
    const { code, stdout } = await open().run('doctor', '--url', 'http://127.0.0.1:9');
    expect([code, stdout]).toEqual([1, expect.stringContaining('no server answers at http://127.0.0.1:9')]);
  });
});

const filters = () => ['where', 'availability', 'seen'].map((use) => patient(use));
