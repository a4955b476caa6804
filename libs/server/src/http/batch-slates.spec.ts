import type { SlateAnswer } from '@attune/sdk';
import { problemSchema, type Problem } from './problems/problem.schema.js';
import { salesOf } from './testing/sales.js';
import { gatewayForAll } from './testing/test-gateway.js';

const gateway = gatewayForAll();
const { call, problem } = gateway;

beforeAll(async () => {
  const items = Array.from({ length: 12 }, (_, i) => ({ id: `b${i}`, title: `Teapot ${i}` }));
  await call('POST', '/v1/items', { items });
  const events = salesOf(items, { times: (i) => i + 1, buyer: 'u' });
  await call('POST', '/v1/events', { events });
});

type Result = SlateAnswer | Problem;
const batch = async (requests: readonly unknown[], id = 'many') =>
  (await call('POST', '/v1/recommendations/batch', { requests }, { 'x-request-id': id })).json<{ results: Result[] }>()
    .results;
const comparable = ({ tookMs: _t, ...slate }: SlateAnswer) => slate;

describe('a batch of slates', () => {
  const asked = [
    { surface: 'home', userId: 'u1', limit: 3 },
    { surface: 'item', itemIds: ['b1'], limit: 4, explain: true },
    { surface: 'home', anonymousId: 'nobody', filter: { id: { $ne: 'b11' } } },
    { surface: 'home', userId: 'u1', personalize: 0, limit: 3 },
  ];

  it('answers each request as it would be answered alone', async () => {
    const results = (await batch(asked)) as SlateAnswer[];
    for (const [n, request] of asked.entries()) {
      const alone = await call('POST', '/v1/recommendations', request, { 'x-request-id': `many-${n}` });
      expect(comparable(results[n]!)).toEqual(comparable(alone.json<SlateAnswer>()));
    }
  });

  it('goes through a surface’s pipeline once', async () => {
    const requests = Array.from({ length: 5 }, () => ({ surface: 'home', trace: true, seen: 'include' }));
    const results = (await batch(requests)) as SlateAnswer[];
    for (const { trace } of results) {
      // What the stage left is what all five requests together have.
      expect(trace!.stages.find(({ stage }) => stage === 'retrieve')!.candidates).toBe(5 * 12);
      expect(trace!.candidates).toHaveLength(12);
    }
    const times = results.map(({ trace }) => trace!.stages.find(({ stage }) => stage === 'retrieve')!.ms);
    expect(new Set(times).size).toBe(1);
  });

  it('puts each problem in place of its slate', async () => {
    const results = await batch([
      { surface: 'nowhere' },
      { surface: 'home', limit: 1 },
      { surface: 'home', limit: 0, unknown: 1 },
      null,
      { surface: 'home', at: '2099-01-01T00:00:00Z' },
      { surface: 'home', filter: { 'attributes.size': 1 } },
      { surface: 'home', artifacts: { ease: 'abcdef0123456789' } },
      { surface: 'home', paging: true },
    ]);
    expect(results.map((result) => ('code' in result ? result.code : result.items.length))).toEqual([
      'SURFACE_NOT_FOUND',
      1,
      'VALIDATION_FAILED',
      'VALIDATION_FAILED',
      'AT_IN_FUTURE',
      'FIELD_NOT_FILTERABLE',
      'ARTIFACT_NOT_FOUND',
      'VALIDATION_FAILED',
    ]);
    const faulty = problemSchema.parse(results[2]);
    expect(faulty.instance).toBe('many-2');
    expect(faulty.errors!.map(({ pointer }) => pointer)).toEqual(['/requests/2/limit', '/requests/2/unknown']);
    expect(problemSchema.parse(results[0]).errors![0]!.pointer).toBe('/requests/0/surface');
  });

  it('takes 100 requests, also 100 bad ones, and no more', async () => {
    const good = await batch(Array.from({ length: 100 }, () => ({ surface: 'home', limit: 1 })));
    expect(new Set((good as SlateAnswer[]).map(({ slateId }) => slateId)).size).toBe(100);
    const bad = await batch(Array.from({ length: 100 }, (_, n) => ({ surface: `no-${n}` })));
    expect(bad.every((result) => 'code' in result && result.code === 'SURFACE_NOT_FOUND')).toBe(true);
    for (const requests of [[], Array.from({ length: 101 }, () => ({ surface: 'home' })), {}, 'x', 1e9])
      await problem(await call('POST', '/v1/recommendations/batch', { requests }), 400, 'VALIDATION_FAILED');
  });

  it('survives a filter nested 5,000 deep, and serves the others', async () => {
    const deep = `{"surface":"home","filter":${'{"$not":'.repeat(5000)}{"brand":"x"}${'}'.repeat(5000)}}`;
    const answer = await call('POST', '/v1/recommendations/batch', `{"requests":[${deep},{"surface":"home"}]}`);
    expect(answer.json<{ results: Result[] }>().results).toMatchObject([
      { code: 'VALIDATION_FAILED' },
      { surface: 'home' },
    ]);
  });

  it('waits for the pipelines', async () => {
    gateway.platform.ready = false;
    await problem(
      await call('POST', '/v1/recommendations/batch', { requests: [{ surface: 'home' }] }),
      503,
      'NOT_READY',
    );
    gateway.platform.ready = true;
  });
});
