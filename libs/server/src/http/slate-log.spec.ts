import type { LoggedSlate, SlateAnswer } from '@attune/sdk';
import { eraseUser } from '../erase/erase-user.js';
import type { AttributionAnswer } from './calls/attribution.js';
import type { ReplayAnswer } from './calls/slates/replay.js';
import { getSlate, replaySlate } from './operations/slate-log.operations.js';
import { salesOf } from './testing/sales.js';
import { gatewayForAll } from './testing/test-gateway.js';
import { TEST_NOW } from './testing/test-platform.js';

const COUNT = 40;
const OURS = 'a-key-of-ours-alone';
const THEIRS = 'a-key-of-theirs-alone';

const gateway = gatewayForAll({ keys: { [OURS]: 'default', [THEIRS]: 'other' }, as: OURS });
const { call, problem } = gateway;

beforeAll(async () => {
  const items = Array.from({ length: COUNT }, (_, i) => ({ id: `l${i}`, title: `Teapot ${i}` }));
  await call('POST', '/v1/items', { items });
  const events = salesOf(items, { times: (i) => i + 1, buyer: 'u' });
  await call('POST', '/v1/events', { events });
});

const ask = async (body: object, id: string): Promise<SlateAnswer> =>
  (await call('POST', '/v1/recommendations', body, { 'x-request-id': id })).json<SlateAnswer>();
const logged = (slateId: string) => call('GET', `/v1/slates/${slateId}`);
const replay = async (slateId: string) => (await call('POST', `/v1/slates/${slateId}/replay`)).json<ReplayAnswer>();

describe('the slate log', () => {
  it('has what was shown, after the answer, with a sample of what was not', async () => {
    const slate = await ask({ surface: 'home', userId: 'ann', limit: 3 }, 'logged');
    const answer = (await logged(slate.slateId)).json<LoggedSlate>();
    expect(getSlate.answer.schema.safeParse(answer).error).toBeUndefined();
    expect(answer).toMatchObject({
      slateId: slate.slateId,
      at: new Date(TEST_NOW).toISOString(),
      surface: 'home',
      userId: 'ann',
      digest: slate.pipeline.digest,
      items: slate.items.map(({ id }) => id),
      scores: slate.items.map(({ score }) => score),
      propensities: [1, 1, 1],
      total: COUNT,
      request: {
        call: 'recommend',
        requestId: 'logged',
        body: { surface: 'home', userId: 'ann', limit: 3, seen: 'exclude', personalize: 1, explain: false },
        page: { from: 0, limit: 3 },
      },
    });
    expect(answer.sampled).toHaveLength(20);
    const sampled = new Set(answer.sampled.map(({ id }) => id));
    expect(sampled.size).toBe(20);
    expect(answer.items.some((id) => sampled.has(id))).toBe(false);
    await ask({ surface: 'home', userId: 'ann', limit: 3 }, 'logged');
    expect((await logged(slate.slateId)).json<LoggedSlate>().sampled).toEqual(answer.sampled);
  });

  it('has searches, batches and each page by its own id', async () => {
    const first = (await call('POST', '/v1/search', { query: 'teapot', limit: 4, paging: true })).json<SlateAnswer>();
    const next = (await call('POST', '/v1/search', { cursor: first.cursor, limit: 2 })).json<SlateAnswer>();
    expect((await logged(next.slateId)).json()).toMatchObject({
      surface: 'search',
      items: next.items.map(({ id }) => id),
      request: { call: 'search', body: { query: 'teapot' }, page: { from: 4, limit: 2 } },
    });
    expect(await replay(next.slateId)).toMatchObject({ same: true, after: { items: next.items.map(({ id }) => id) } });
    const { results } = (await call('POST', '/v1/recommendations/batch', { requests: [{ surface: 'home' }] })).json<{
      results: SlateAnswer[];
    }>();
    expect((await logged(results[0]!.slateId)).status).toBe(200);
    const similar = (await call('GET', '/v1/items/l1/similar')).json<SlateAnswer>();
    expect((await logged(similar.slateId)).json()).toMatchObject({
      surface: 'item',
      request: { body: { itemIds: ['l1'] } },
    });
  });

  it('lacks slates that were shown to nobody', async () => {
    const { slateId } = await ask({ surface: 'home', at: '2026-11-20T00:00:00Z' }, 'offline');
    await problem(await logged(slateId), 404, 'SLATE_NOT_FOUND');
    await call('POST', '/v1/recommendations/why', { surface: 'home', itemId: 'l1' }, { 'x-request-id': 'asked-why' });
    for (const id of ['s-nothing', '%F0%9F%92%A5', '..%2Fx'])
      for (const answer of [await logged(id), await call('POST', `/v1/slates/${id}/replay`)])
        await problem(answer, 404, 'SLATE_NOT_FOUND');
  });

  it('has the documented example once a call says its id', async () => {
    await ask({ surface: 'home' }, 'example');
    expect((await logged(getSlate.params.slateId)).status).toBe(200);
  });

  it('is each tenant’s own', async () => {
    const { slateId } = await ask({ surface: 'home' }, 'ours-alone');
    expect((await logged(slateId)).status).toBe(200);
    const theirs = await call('GET', `/v1/slates/${slateId}`, undefined, { authorization: `Bearer ${THEIRS}` });
    await problem(theirs, 404, 'SLATE_NOT_FOUND');
  });
});

describe('erasing a user', () => {
  it('takes his slates out of the log, those just answered too, and ends his cursors', async () => {
    const tenant = gateway.tenant;
    const kept = await ask({ surface: 'home', userId: 'stays' }, 'kept');
    const before = await ask({ surface: 'home', userId: 'goes' }, 'before');
    await tenant.stores.slates.flush();
    const last = await ask({ surface: 'home', userId: 'goes', paging: true, limit: 2 }, 'last');
    expect(await eraseUser(tenant, 'goes')).toMatchObject({ slates: 2, caches: 1 });
    expect((await logged(kept.slateId)).status).toBe(200);
    for (const { slateId } of [before, last]) await problem(await logged(slateId), 404, 'SLATE_NOT_FOUND');
    await problem(await call('POST', '/v1/recommendations', { cursor: last.cursor }), 410, 'CURSOR_EXPIRED');
  });
});

describe('a replay', () => {
  it('gives the same slate while nothing but later events happened', async () => {
    const slate = await ask({ surface: 'home', userId: 'eve', limit: 5, explain: true }, 'replayed');
    gateway.platform.clock.set(TEST_NOW + 60_000);
    await call('POST', '/v1/events', {
      events: [{ id: 'eve 1', type: 'purchase', userId: 'eve', itemId: slate.items[0]!.id }],
    });
    const answer = await replay(slate.slateId);
    gateway.platform.clock.set(TEST_NOW);
    expect(replaySlate.answer.schema.safeParse(answer).error).toBeUndefined();
    const items = slate.items.map(({ id }) => id);
    const { digest } = slate.pipeline;
    expect(answer).toEqual({
      slateId: slate.slateId,
      same: true,
      before: { digest, items },
      after: { digest, items },
      differences: [],
    });
  });

  it('names the items whose place changed', async () => {
    const slate = await ask({ surface: 'home', limit: 3 }, 'changed');
    const [first, second, third] = slate.items.map(({ id }) => id) as [string, string, string];
    await call('DELETE', `/v1/items/${second}`);
    const answer = await replay(slate.slateId);
    expect(answer).toMatchObject({ same: false, before: { items: [first, second, third] } });
    expect(answer.after.items.slice(0, 2)).toEqual([first, third]);
    expect(answer.differences).toEqual([
      { id: second, before: 2, after: null },
      { id: third, before: 3, after: 2 },
      { id: answer.after.items[2], before: null, after: 3 },
    ]);
  });
});

describe('attribution', () => {
  it('joins events to the slates they name', async () => {
    const headers = { authorization: `Bearer ${THEIRS}` };
    const items = ['a', 'b', 'c'].map((id) => ({ id, title: id }));
    await call('POST', '/v1/items', { items }, headers);
    const sales = items.map(({ id }) => ({ id: `sale ${id}`, type: 'purchase', userId: 'crowd', itemId: id }));
    await call('POST', '/v1/events', { events: sales }, headers);
    const slate = (
      await call('POST', '/v1/recommendations', { surface: 'home', limit: 2 }, headers)
    ).json<SlateAnswer>();
    const { slateId } = slate;
    const [one, two] = slate.items.map(({ id }) => id);
    const event = (id: string, type: string, itemId: string | undefined) => ({
      id,
      type,
      itemId,
      slateId,
      userId: 'ann',
    });
    const events = [
      event('e1', 'click', one),
      event('e2', 'click', one),
      event('e3', 'purchase', two),
      event('e4', 'click', 'z'),
    ];
    await call('POST', '/v1/events', { events }, headers);
    const rows = async (query = '') =>
      (await call('GET', `/v1/attribution${query}`, undefined, headers)).json<AttributionAnswer>().rows;
    expect(await rows()).toMatchObject([
      {
        surface: 'home',
        slates: 1,
        impressions: 2,
        clicks: 1,
        purchases: 1,
        ctr: { value: 0.5 },
        conversionRate: { value: 0.5 },
      },
    ]);
    expect(await rows('?by=position&surface=home')).toMatchObject([
      { position: 1, clicks: 1, purchases: 0, impressions: 1 },
      { position: 2, clicks: 0, purchases: 1, impressions: 1 },
    ]);
    expect(await rows('?by=pipeline')).toMatchObject([{ pipeline: slate.pipeline.digest }]);
    expect(await rows('?from=2026-11-21&to=2026-11-21')).toHaveLength(1);
    expect(await rows('?to=2026-11-20')).toEqual([]);
    for (const query of ['by=item', 'from=yesterday', 'from=2026-13-01', 'more=1', 'by=surface&by=position'])
      await problem(await call('GET', `/v1/attribution?${query}`, undefined, headers), 400, 'VALIDATION_FAILED');
  });
});
