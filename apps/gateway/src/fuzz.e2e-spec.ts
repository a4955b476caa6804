import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { LyingProxy, type Lie } from './testing/lying.proxy.js';
import { demoFolder, writeShop } from './testing/scratch.js';
import { startGateway, type Gateway } from './testing/start-gateway.js';
import { TINY_ITEMS, tinySurface } from './testing/tiny-shop.js';

const DRIVER = join(__dirname, '..', '..', '..', 'tools', 'fuzz', 'fuzz.mjs');
const OPERATIONS = [
  'recommend',
  'recommendBatch',
  'search',
  'chat',
  'similarItems',
  'why',
  'suggest',
  'putItems',
  'recordEvents',
];

/** The driver as it is run by hand, for a number of requests; how fast the answers come is not what is tested. */
const drive = (
  url: string,
  requests: number,
  ...more: readonly string[]
): Promise<{ readonly code: number; readonly out: string }> =>
  new Promise((resolve) => {
    const args = [DRIVER, '--url', url, '--requests', String(requests), '--slow-seconds', '120', ...more];
    execFile(process.execPath, args, { maxBuffer: 64 * 1024 ** 2 }, (error, out) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), out }),
    );
  });

it('the demo shop holds against requests made from its own document, sound and hostile', async () => {
  const shop = await startGateway({ data: await demoFolder(), demo: true, env: { ATTUNE_LOG_LEVEL: 'error' } });
  const { code, out } = await drive(shop.url, 300, '--seed', '20261121');
  expect(out).toMatch(/, 0 violations\s*$/);
  expect(code).toBe(0);
  for (const id of OPERATIONS) expect(out).toMatch(new RegExp(`^\\| ${id} +\\|.*\\d+% of \\d+ \\|$`, 'm'));
  expect((await shop.stop()).stderr).not.toContain('INTERNAL');
});

describe('what is planted is found:', () => {
  const surfaces = Object.fromEntries(
    ['home', 'item', 'cart', 'email', 'search'].map((name) => [name, tinySurface(name)]),
  );
  let shop: Gateway;
  beforeAll(async () => {
    shop = await startGateway(
      writeShop({ surfaces, config: { attributes: { color: { type: 'keyword', facet: true } } } }),
    );
    await shop.putItems(TINY_ITEMS);
  });
  afterAll(() => shop.stop());

  const inSlate =
    (change: (slate: { items: object[]; degraded: unknown }) => void): Lie =>
    ({ url }, status, body) => {
      if (url !== '/v1/recommendations' || status !== 200) return undefined;
      const slate = JSON.parse(body) as { items: object[]; degraded: unknown };
      change(slate);
      return { status, body: JSON.stringify(slate) };
    };
  const asksForItem = ({ method, url }: Parameters<Lie>[0]): boolean =>
    method === 'GET' && /^\/v1\/items\/[^/]+$/.test(url!);
  const LIES: readonly (readonly [string, RegExp, Lie])[] = [
    ['a crash', /getItem: 500/, (asked, _status, body) => (asksForItem(asked) ? { status: 500, body } : undefined)],
    [
      'an undocumented status',
      /getItem: 418 .* is not documented/,
      (asked, status, body) =>
        asksForItem(asked) && status === 404
          ? { status: 418, body: body.replace('"status":404', '"status":418') }
          : undefined,
    ],
    [
      'a body that does not fit',
      /recommend: the answer does not fit its schema/,
      inSlate((slate) => void (slate.degraded = 'no')),
    ],
    [
      'an item twice',
      /recommend: an item is shown twice/,
      inSlate(({ items }) => void (items[0] && items.push(items[0]))),
    ],
    [
      'a sum that is wrong',
      /recommend: the contributions of .* are not its score/,
      inSlate(({ items }) => items.forEach((item) => Object.assign(item, { score: 17.5 }))),
    ],
    [
      'an item that is gone',
      /recommend: shown, and not in the catalogue/,
      inSlate(({ items }) => items.forEach((item, i) => Object.assign(item, { id: `gone ${i}`, item: undefined }))),
    ],
  ];

  it.each(LIES)('%s', async (_, found, lie) => {
    const proxy = await LyingProxy.before(shop.url, lie);
    const { code, out } = await drive(proxy.url, 2_000, '--seed', '7', '--until', found.source);
    proxy.close();
    expect([out, code]).toEqual([expect.stringMatching(found), 1]);
  });
});
