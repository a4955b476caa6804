import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { JobAnswer, SearchAnswer } from './testing/answers.js';
import { until } from './testing/http.client.js';
import { demoFolder } from './testing/scratch.js';
import { startGateway, type Gateway } from './testing/start-gateway.js';

const PRODUCTS = join(__dirname, '../../../assets/online-retail-2011/products.csv.gz');

interface ItemSent {
  readonly id: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

interface Enriched {
  readonly items: number;
  readonly skipped: number;
  readonly written: number;
  readonly applied: number;
  readonly review: number;
  readonly duplicates: readonly (readonly string[])[];
}
interface Known {
  readonly id: string;
  readonly title: string;
  readonly state: string;
  readonly duplicateOf?: string;
  readonly values: readonly { readonly attribute: string; readonly value: string; readonly state: string }[];
}

let data: string;
let shop: Gateway;
beforeAll(async () => {
  data = await demoFolder();
  shop = await startGateway({ data, demo: true });
});
afterAll(() => shop.stop());

async function run<T>(request: object): Promise<T> {
  const { jobId } = await shop.expect<{ jobId: string }>('POST', '/v1/jobs', request);
  await until(`job ${jobId}`, async () => {
    const { state, error } = await shop.expect<JobAnswer>('GET', `/v1/jobs/${jobId}`);
    if (state === 'failed') throw new Error(error);
    return state === 'completed';
  });
  return shop.expect<T>('GET', `/v1/jobs/${jobId}/result`);
}
const enrich = (): Promise<Enriched> => run({ type: 'enrich' });
const colorOf = async (id: string): Promise<unknown> => {
  const item = await shop.expect<{ attributes?: Record<string, unknown> }>('GET', `/v1/items/${id}`);
  return item.attributes?.['color'];
};
const redOnes = (): Promise<SearchAnswer> =>
  shop.search({ query: 'mug', filter: { 'attributes.color': 'red' }, limit: 50 });
const enrichments = async (query: string): Promise<readonly Known[]> =>
  (await shop.expect<{ enrichments: readonly Known[] }>('GET', `/v1/enrichments?${query}`)).enrichments;

/** The catalogue of the demo as the server has it. */
async function catalogue(): Promise<readonly ItemSent[]> {
  const [, ...rows] = gunzipSync(readFileSync(PRODUCTS)).toString('utf8').trimEnd().split('\n');
  const ids = rows.map((row) => row.split(',', 1)[0]);
  return (await shop.expect<{ items: readonly ItemSent[] }>('POST', '/v1/items/get', { ids })).items;
}

it('the demo shop without its attributes gets them from its texts, once, and keeps what people decide', async () => {
  const items = await catalogue();
  await shop.feed(
    'POST',
    '/v1/items',
    items.map(({ attributes: _, ...item }) => item),
  );
  expect((await redOnes()).items).toEqual([]);

  const first = await enrich();
  expect([first.items, first.skipped]).toEqual([items.length, 0]);
  expect(first.applied).toBeGreaterThan(1_000);
  expect(first.review).toBeGreaterThan(50);
  expect(first.duplicates.length).toBeGreaterThan(10);
  const red = await redOnes();
  expect(red.items.length).toBeGreaterThan(3);
  for (const { item } of red.items) expect(item!.title).toMatch(/red/i);

  expect(await enrich()).toMatchObject({ items: items.length, skipped: items.length, written: 0, applied: 0 });

  const changed = red.items[0]!.id;
  await shop.expect('PATCH', `/v1/items/${changed}`, { title: 'Blue enamel mug' });
  expect(await enrich()).toMatchObject({ items: items.length, skipped: items.length - 1, written: 1 });
  expect(await colorOf(changed)).toBe('blue');

  const waiting = await enrichments('state=review&limit=20');
  const [accepted, rejected] = waiting.filter(({ values }) =>
    values.every(({ attribute, state }) => attribute === 'color' && state === 'review'),
  );
  const decide = (one: Known, decision: string): Promise<Known> => {
    const [{ attribute, value }] = one.values as [Known['values'][number]];
    return shop.expect('POST', `/v1/enrichments/${one.id}`, { attribute, value, decision, by: 'Ann' });
  };
  expect((await decide(accepted!, 'accept')).values[0]!.state).toBe('accepted');
  expect([await colorOf(accepted!.id)].flat()).toContain(accepted!.values[0]!.value);
  expect((await decide(rejected!, 'reject')).values[0]!.state).toBe('rejected');

  // A restart loses nothing: neither what was read nor what was decided.
  await shop.stop();
  shop = await startGateway({ data, demo: true });
  expect(await enrich()).toMatchObject({ skipped: items.length, written: 0 });
  const [known] = [await shop.expect<Known>('GET', `/v1/enrichments/${accepted!.id}`)];
  expect(known.values[0]!.state).toBe('accepted');
  expect([await colorOf(accepted!.id)].flat()).toContain(accepted!.values[0]!.value);

  // A full feed drops what it does not know; the job applies it again, and what the feed knows wins.
  const own = red.items[1]!.id;
  await shop.feed(
    'POST',
    '/v1/items',
    items
      .filter(({ id }) => id === accepted!.id || id === own)
      .map(({ attributes: _, ...item }) => ({
        ...item,
        ...(item.id === own && { attributes: { color: 'scarlet' } }),
      })),
  );
  expect(await colorOf(accepted!.id)).toBeUndefined();
  expect(await enrich()).toMatchObject({ skipped: items.length });
  expect([await colorOf(accepted!.id)].flat()).toContain(accepted!.values[0]!.value);
  expect(await colorOf(own)).toBe('scarlet');
});

it('drafts of descriptions are approved by people, and search finds their words', async () => {
  const where = { categories: 'Kitchen' };
  const described = await run<{ drafts: number; byTemplate: number }>({ type: 'describe', where, limit: 5 });
  expect(described).toMatchObject({ drafts: 5, byTemplate: 5 });
  expect(await run({ type: 'describe', where, limit: 5 })).toMatchObject({ skipped: 5 });
  const { descriptions } = await shop.expect<{ descriptions: readonly { id: string; text: string }[] }>(
    'GET',
    '/v1/descriptions?state=draft&limit=5',
  );
  const [draft, other] = descriptions;
  const text = `${draft!.text} Made for zebrafinches.`;
  await shop.expect('POST', `/v1/descriptions/${draft!.id}`, { decision: 'approve', text, by: 'Ann' });
  await shop.expect('POST', `/v1/descriptions/${other!.id}`, { decision: 'reject' });
  const item = await shop.expect<{ description: string }>('GET', `/v1/items/${draft!.id}`);
  expect(item.description).toBe(text);
  const found = await shop.search({ query: 'zebrafinches', limit: 3 });
  expect(found.items[0]!.id).toBe(draft!.id);
});
