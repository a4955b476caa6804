import { loggedRequestSchema, toLogged } from '../slates/logged-request.schema.js';
import { openScratchStores, type ScratchStores } from '../testing/scratch-stores.js';
import { drawRequests, type DiffRequest } from './diff-requests.js';

const NOW = Date.parse('2026-11-21T09:30:00Z');
const AT = '2026-11-20T09:30:00.000Z';

let scratch: ScratchStores;
beforeEach(async () => {
  scratch = await openScratchStores();
});
afterEach(() => scratch.close());

let slates = 0;
function log(call: 'recommend' | 'search', body: object, page = { from: 0, limit: 10 }): string {
  const slateId = `s-${slates++}`;
  const surface = call === 'search' ? 'search' : 'item';
  const request = toLogged(loggedRequestSchema.parse({ call, requestId: 'r', body, page }));
  const shown = { items: [], scores: [], propensities: [], total: 0, sampled: [], degraded: [] };
  scratch.stores.slates.record({ slateId, at: AT, surface, digest: 'd', request, ...shown });
  return slateId;
}
const draw = (surface: string): Promise<readonly DiffRequest[]> =>
  drawRequests(
    { stores: scratch.stores, understand: (text, language) => Promise.resolve({ text, space: language ?? 'main' }) },
    { surface, count: 10, limit: 7, seed: 42, now: NOW },
  );

it('asks a logged slate with all it was asked with', async () => {
  const slateId = log('recommend', {
    surface: 'item',
    ...{ userId: 'u', anonymousId: 'a', sessionId: 's', personalize: 0.4 },
    ...{ itemIds: ['seed'], filter: { brand: 'Acme' }, exclude: ['x'], seen: 'include', context: { device: 'phone' } },
    ...{ limit: 20, explain: true, trace: true },
  });
  const [{ request } = { request: undefined }, ...others] = await draw('item');
  expect(others).toEqual([]);
  expect(request).toEqual({
    id: slateId,
    now: Date.parse(AT),
    ...{ userId: 'u', anonymousId: 'a', sessionId: 's', personalize: 0.4 },
    ...{ itemIds: ['seed'], filter: { brand: 'Acme' }, exclude: ['x'], seen: 'include', context: { device: 'phone' } },
    ...{ query: undefined, limit: 7, explain: false, trace: false },
  });
});

it('searches with the words as searches understand them', async () => {
  log('search', { query: '保温杯', language: 'zh' });
  log('search', { query: 'lunch box' });
  const queries = (await draw('search')).map(({ request }) => request.query);
  expect(queries).toEqual([
    { text: 'lunch box', space: 'main' },
    { text: '保温杯', space: 'zh' },
  ]);
});

it('asks once for a slate of several pages, and as nobody where nobody was followed', async () => {
  log('recommend', { surface: 'item', userId: 'u', personalize: 0 });
  log('recommend', { surface: 'item', userId: 'u', personalize: 0 }, { from: 10, limit: 10 });
  const drawn = await draw('item');
  expect(drawn).toHaveLength(1);
  expect(drawn[0]!.request).not.toHaveProperty('userId');
});
