import { ask, benchOf, sourceOf, type Bench } from '../fixtures/bench-engine.js';
import { homeOf, PLAIN } from '../fixtures/plain-plugins.js';

let bench: Bench;
beforeAll(async () => {
  bench = benchOf(PLAIN);
  await bench.engine.load([sourceOf(homeOf({ rerank: [{ use: 'upside-down' }] }))]);
});

it('gives what would be ranked, with columns and scores, request by request', async () => {
  const requests = [ask(), ask({ id: 'request-2', userId: 'bob' })];
  const { offsets, ids, columns, scores } = await bench.engine.candidates('home', requests);
  const served = await bench.engine.serve('home', requests);
  expect(offsets).toHaveLength(3);
  expect([...columns.keys()]).toEqual(['in-order', 'cheap']);
  served.forEach(({ slate: { trace } }, r) => {
    const ranked = trace!.candidates.filter(({ score }) => score !== undefined);
    expect(offsets[r + 1]! - offsets[r]!).toBe(ranked.length);
    const scoreOf = new Map(ranked.map(({ id, score }) => [id, score]));
    for (let c = offsets[r]!; c < offsets[r + 1]!; c++) expect(scores[c]).toBe(scoreOf.get(ids[c]!));
  });
  for (const column of columns.values()) expect(column).toHaveLength(ids.length);
});

it('names the surfaces there are', async () => {
  await expect(bench.engine.candidates('nowhere', [ask()])).rejects.toMatchObject({ code: 'SURFACE_NOT_FOUND' });
});
