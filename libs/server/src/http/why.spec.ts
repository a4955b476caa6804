import { pipelineSchema, type PipelineSource } from '@attune/engine';
import { whyAnswerSchema, type WhyAnswer } from '../slates/why.schema.js';
import { unhurried } from '../testing/pipelines.js';
import { salesOf } from './testing/sales.js';
import { gatewayForAll } from './testing/test-gateway.js';

const gateway = gatewayForAll();
const { call, problem } = gateway;

const surface = (name: string, more: object): PipelineSource => ({
  spec: pipelineSchema.parse(
    unhurried({
      surface: name,
      retrieve: [{ use: 'popular', limit: 20 }],
      filter: [{ use: 'where' }, { use: 'availability' }, { use: 'seen' }, { use: 'seeds' }],
      score: [{ use: 'popularity' }],
      rank: { use: 'weighted', config: { popularity: 1 } },
      ...more,
    }),
  ),
  locate: () => ({ file: `${name}.yaml`, line: 1 }),
});

beforeAll(async () => {
  await gateway.tenant.engine.load([
    surface('home', {}),
    surface('collapsed', { rerank: [{ use: 'collapse-variants' }] }),
    surface('search', {
      retrieve: [{ use: 'lexical', limit: 50 }],
      score: [{ use: 'lexical-match' }],
      rank: { use: 'weighted', config: { 'lexical-match': 1 } },
    }),
  ]);
  // w39 sells best, w0 never; the two best are variants of each other.
  const items = Array.from({ length: 40 }, (_, i) => ({
    id: `w${i}`,
    title: i === 7 ? 'Copper kettle' : `Teapot ${i}`,
    attributes: { color: i % 2 === 0 ? 'blue' : 'red' },
    ...(i >= 38 && { groupId: 'pair' }),
    ...(i === 30 && { available: false }),
  }));
  await call('POST', '/v1/items', { items });
  const sold = salesOf(items, { times: (i) => i, buyer: 'crowd-' });
  const own = [
    { id: 'own 1', type: 'purchase', userId: 'ann', itemId: 'w35', at: '2026-11-02T10:00:00Z' },
    { id: 'own 2', type: 'hide', userId: 'ann', itemId: 'w36', at: '2026-11-03T10:00:00Z' },
  ];
  await call('POST', '/v1/events', { events: [...sold, ...own] });
});

async function why(itemId: string, more: object = {}): Promise<WhyAnswer> {
  const answer = await call('POST', '/v1/recommendations/why', { surface: 'home', limit: 5, itemId, ...more });
  return whyAnswerSchema.parse(answer.json());
}

describe('why', () => {
  it('says where a shown item stands', async () => {
    expect(await why('w39')).toMatchObject({
      shown: true,
      stage: 'shown',
      rank: 1,
      explanation: 'It is shown at place 1 of 5.',
      retrievers: [{ name: 'popular', limit: 20, proposed: 20, position: 1 }],
    });
  });

  it('says that the catalogue lacks an item, and refuses what any slate’s call refuses', async () => {
    expect(await why('none')).toMatchObject({
      shown: false,
      stage: 'catalogue',
      explanation: expect.stringContaining('none'),
    });
    await problem(
      await call('POST', '/v1/recommendations/why', { surface: 'x', itemId: 'w1' }),
      404,
      'SURFACE_NOT_FOUND',
    );
    for (const body of [
      { surface: 'home' },
      { surface: 'home', itemId: '' },
      { surface: 'home', itemId: 'w1', limit: 0 },
      { surface: 'home', itemId: 'w1', limit: 1e9 },
      { surface: 'home', itemId: ['w1'] },
      { surface: 'home', itemId: 'w1', paging: true },
    ])
      await problem(await call('POST', '/v1/recommendations/why', body), 400, 'VALIDATION_FAILED');
  });

  it('names the filter, whether or not the item was kept from being proposed', async () => {
    expect(await why('w30')).toMatchObject({
      stage: 'filter',
      by: 'availability',
      wouldHelp: [expect.stringContaining('available')],
    });
    expect(await why('w39', { itemIds: ['w39'] })).toMatchObject({ stage: 'filter', by: 'seeds' });
    expect(await why('w39', { exclude: ['w39'] })).toMatchObject({
      by: 'where',
      explanation: 'The filter where removed it: the request excludes it.',
    });
  });

  it('says which condition an item does not meet, and what it has instead', async () => {
    const filter = { 'attributes.color': 'red' };
    expect((await why('w36', { filter })).explanation).toBe(
      'The filter where removed it: the filter says attributes.color $eq red, and the item has blue.',
    );
    const nested = { $and: [{ title: { $exists: true } }, { 'attributes.color': { $in: ['red', 'green'] } }] };
    expect((await why('w36', { filter: nested })).explanation).toContain('attributes.color $in ["red","green"]');
    const either = { $or: [{ brand: 'Acme' }, { 'price.amount': { $lt: 5 } }] };
    expect((await why('w36', { filter: either })).explanation).toContain('$or [{"brand":"Acme"}');
    expect((await why('w36', { filter: { brand: 'Acme' } })).explanation).toContain(
      'brand $eq Acme, and the item has none',
    );
  });

  it('says when the user bought it, and that what he hid never returns', async () => {
    expect(await why('w35', { userId: 'ann' })).toMatchObject({
      stage: 'filter',
      by: 'seen',
      explanation: 'The filter seen removed it: it was bought on 2026-11-02.',
      wouldHelp: ['Ask with seen: include.'],
    });
    expect(await why('w35', { userId: 'ann', seen: 'include' })).toMatchObject({ shown: true });
    expect(await why('w35', { userId: 'ann', personalize: 0 })).toMatchObject({ shown: true });
    for (const seen of ['include', 'exclude'])
      expect((await why('w36', { userId: 'ann', seen })).explanation).toContain('sent hide for it on 2026-11-03');
  });

  it('says where an item that nobody proposed would rank', async () => {
    const { explanation, wouldHelp, ...rest } = await why('w10');
    expect(rest).toMatchObject({ stage: 'retrieve', shown: false, rank: 21, of: 21 });
    expect(explanation).toContain('popular reached its limit of 20');
    expect(wouldHelp[0]).toBe('A limit above 20 for popular on surface home.');
  });

  it('compares a low rank with the last item shown, part by part', async () => {
    const low = await why('w29');
    expect(low).toMatchObject({
      stage: 'rank',
      rank: 10,
      of: 20,
      by: 'popularity',
      // w35 sold as often, and was proposed before it.
      cutoff: { itemId: 'w36' },
      wouldHelp: expect.arrayContaining(['A limit of 10 or more.']),
    });
    expect(low.score).toBeLessThan(low.cutoff!.score);
    expect(low.explanation).toMatch(
      /^It ranks 10 of 20 with a score of 0\.\d+; the last of 5 shown has 0\.\d+, and most is lost by popularity/,
    );
    expect(await why('w29', { limit: 10 })).toMatchObject({ shown: true, rank: 10 });
  });

  it('names the re-ranker that moved an item below the cut', async () => {
    expect(await why('w38', { surface: 'collapsed' })).toMatchObject({
      stage: 'rerank',
      by: 'collapse-variants',
      rank: 2,
      explanation: expect.stringContaining("another item of its group 'pair' is shown"),
    });
  });

  it('accounts for a search, whose words it takes as the search does', async () => {
    const search = { surface: 'search', query: 'copper ketle', limit: 5 };
    expect(await why('w7', search)).toMatchObject({ shown: true, rank: 1 });
    // What does not match is not proposed, nor filled in: the query is answered by what does.
    const unmatched = { stage: 'retrieve', retrievers: [{ name: 'lexical', limit: 50, proposed: 1 }] };
    expect(await why('w8', search)).toMatchObject(unmatched);
    const nonsense = { ...search, query: 'zzzxqq' };
    const filled = { stage: 'rank', retrievers: [{ name: 'lexical', proposed: 0 }, { name: 'fallback popular' }] };
    expect(await why('w8', { ...nonsense, limit: 1 })).toMatchObject(filled);
  });
});
