import type { Item } from '@attune/sdk';
import type { TestAnswer } from './testing/test-calls.js';
import { gatewayForEach } from './testing/test-gateway.js';
import { TEST_NOW } from './testing/test-platform.js';

const gateway = gatewayForEach();
const { call, problem } = gateway;

beforeEach(async () => {
  await put(...'abcdefghij');
});

const put = (...ids: readonly string[]): Promise<TestAnswer> =>
  call('POST', '/v1/items', { items: ids.map((id) => ({ id, title: id, brand: `brand of ${id}` })) });
const sync = (rows: readonly unknown[], query = ''): Promise<TestAnswer> =>
  call(
    'PUT',
    `/v1/items/sync${query}`,
    rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n'),
    {
      'content-type': 'application/x-ndjson',
    },
  );
const rowsOf = (ids: string) => [...ids].map((id) => ({ id, title: `${id} of the feed` }));
const itemsThere = async (ids: string): Promise<readonly Item[]> =>
  (await call('POST', '/v1/items/get', { ids: [...ids] })).json<{ items: Item[] }>().items;
const available = async (ids: string): Promise<string> =>
  (await itemsThere(ids)).flatMap(({ id, available = true }) => (available ? [id] : [])).join('');

describe('a full feed', () => {
  it('stores its rows and retires what it lacks, as of its receipt', async () => {
    gateway.platform.clock.set(TEST_NOW + 60_000);
    const answer = await sync(rowsOf('abcdefghkl'));
    expect([answer.status, answer.json()]).toEqual([
      202,
      { accepted: 10, stale: 0, rejected: [], rejectedCount: 0, retired: 2, jobId: expect.any(String) },
    ]);
    expect(await available('abcdefghijkl')).toBe('abcdefghkl');
    const [retired] = await itemsThere('i');
    expect(retired).toEqual({
      ...{ id: 'i', title: 'i', brand: 'brand of i', available: false },
      updatedAt: new Date(TEST_NOW + 60_000).toISOString(),
    });
    expect((await sync(rowsOf('abcdefghkl'))).json()).toMatchObject({ retired: 0 });
  });

  it('is refused beyond the share that may be retired: its rows are kept, nothing is retired', async () => {
    const { detail } = await problem(await sync(rowsOf('abcdefg')), 409, 'SYNC_REFUSED');
    expect(detail).toContain('lacks 3 of 10');
    expect(detail).toContain('maxRetiredShare=0.3');
    expect((await itemsThere('ah')).map(({ title }) => title)).toEqual(['a of the feed', 'h']);
    expect(await available('abcdefghij')).toBe('abcdefghij');
    expect((await sync(rowsOf('abcdefg'), '?maxRetiredShare=0.3')).json()).toMatchObject({ retired: 3 });
    await problem(await sync([]), 409, 'SYNC_REFUSED');
    await problem(await sync(rowsOf('bcdefg'), '?maxRetiredShare=0'), 409, 'SYNC_REFUSED');
    expect((await sync([], '?maxRetiredShare=1')).json()).toMatchObject({ accepted: 0, retired: 7 });
  });

  it.each([
    ['a row that does not fit', [{ id: 'j' }], 'title'],
    ['a line that is no JSON', ['{"id":"j"'], 'line 10'],
    ['a line that is too long', [`"${'x'.repeat(1024 * 1024)}"`], 'LINE_TOO_LONG'],
  ])('retires nothing after %s: what is broken is not absent', async (_, rows, says) => {
    const { detail } = await problem(
      await sync([...rowsOf('abcdefghi'), ...rows], '?maxRetiredShare=1'),
      409,
      'SYNC_REFUSED',
    );
    expect(detail).toContain(says);
    expect(await available('abcdefghij')).toBe('abcdefghij');
  });

  it('brings back what an earlier one retired, however old the row', async () => {
    await sync(rowsOf('abcdefghi'));
    expect(await available('ij')).toBe('i');
    const old = { ...rowsOf('j')[0], updatedAt: '2020-01-01T00:00:00Z' };
    expect((await sync([...rowsOf('abcdefghi'), old])).json()).toMatchObject({ stale: 0, retired: 0 });
    expect(await available('ij')).toBe('ij');
    const gone = { ...old, available: false };
    expect((await sync([...rowsOf('abcdefghi'), gone])).json()).toMatchObject({ stale: 1, retired: 0 });
  });

  it('retires a version that lies ahead of the server’s clock, and leaves alone what is not available anyway', async () => {
    await call('POST', '/v1/items', { items: [{ id: 'j', title: 'j', updatedAt: '2030-01-01T00:00:00Z' }] });
    await call('POST', '/v1/items', { items: [{ id: 'off', title: 'off', available: false }] });
    expect((await sync(rowsOf('abcdefghi'))).json()).toMatchObject({ retired: 1 });
    expect((await itemsThere('j'))[0]).toMatchObject({ available: false, updatedAt: '2030-01-01T00:00:00.000Z' });
  });

  it('refuses a share that is none, and a feed that is none', async () => {
    for (const share of ['-0.1', '1.1', 'x', ''])
      await problem(await sync([], `?maxRetiredShare=${share}x`), 400, 'VALIDATION_FAILED');
    await problem(await sync([], '?share=1'), 400, 'VALIDATION_FAILED');
    await problem(await call('PUT', '/v1/items/sync'), 400, 'MALFORMED_JSON');
  });
});

describe('deleting by a filter', () => {
  const remove = (body: unknown): Promise<TestAnswer> => call('POST', '/v1/items/delete', body);

  it('deletes what matches', async () => {
    expect((await remove({ filter: { brand: { $in: ['brand of a', 'brand of b', 'none'] } } })).json()).toEqual({
      deleted: 2,
    });
    expect((await itemsThere('abc')).map(({ id }) => id)).toEqual(['c']);
  });

  it('asks for a confirmation where the filter names no field', async () => {
    for (const filter of [{}, { $and: [{}] }, { $not: { $not: {} } }]) {
      const { errors } = await problem(await remove({ filter }), 400, 'VALIDATION_FAILED');
      expect(errors).toMatchObject([{ pointer: '/confirm', detail: expect.stringContaining('"confirm": "all"') }]);
    }
    expect((await remove({ filter: {}, confirm: 'all' })).json()).toEqual({ deleted: 10 });
    expect(await itemsThere('abcdefghij')).toEqual([]);
  });

  it('takes either ids or a filter, and only declared fields', async () => {
    await problem(await remove({ ids: ['a'], filter: { brand: 'x' } }), 400, 'VALIDATION_FAILED');
    await problem(await remove({}), 400, 'VALIDATION_FAILED');
    await problem(await remove({ filter: {}, confirm: 'yes' }), 400, 'VALIDATION_FAILED');
    await problem(await remove({ filter: { 'attributes.weight': 1 } }), 400, 'FIELD_NOT_FILTERABLE');
    expect((await itemsThere('abcdefghij')).length).toBe(10);
  });
});

it('patches an item whose version lies ahead of the server’s clock', async () => {
  await call('POST', '/v1/items', { items: [{ id: 'j', title: 'j', updatedAt: '2030-01-01T00:00:00Z' }] });
  expect((await call('PATCH', '/v1/items/j', { title: 'new' })).json()).toMatchObject({ title: 'new' });
});
