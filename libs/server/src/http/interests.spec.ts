import { startScriptedLlm } from '@attune/testkit';
import { eraseUser } from '../erase/erase-user.js';
import { interestsOf } from './calls/interests/interests.js';
import { withModel } from './calls/writing/testing/with-model.js';
import { getInterests, type UserInterests } from './operations/interests.operations.js';
import { gatewayForEach } from './testing/test-gateway.js';

const gateway = gatewayForEach();
const { call, problem } = gateway;
const PATH = '/v1/users/ann/interests';

const ITEMS = [
  { id: 'mug', title: 'Red mug', categories: ['Kitchen'], brand: 'Kiln', attributes: { color: 'red' } },
  { id: 'spade', title: 'Spade', categories: ['Garden'] },
];
const did = (id: string, more: object = {}) => ({ id, type: 'purchase', userId: 'ann', itemId: 'mug', ...more });
const send = async (...events: readonly object[]): Promise<void> => {
  const answer = await call('POST', '/v1/events', { events });
  expect(answer.json()).toMatchObject({ accepted: events.length, rejected: [] });
};
const read = async (query = ''): Promise<UserInterests> =>
  (await call('GET', `${PATH}${query}`)).json() as unknown as UserInterests;
const idsOf = ({ lines }: UserInterests): readonly string[] => lines.map(({ id }) => id);
const keptValue = async (): Promise<{ readonly taken: number } | undefined> => {
  const [kept] = await gateway.tenant.stores.records.get('interests', ['ann']);
  return kept?.value as { readonly taken: number } | undefined;
};

beforeEach(async () => {
  await gateway.tenant.stores.items.upsert(ITEMS);
  await gateway.tenant.stores.items.refresh();
});

describe('what a user is interested in', () => {
  it('follows events, searches and reviews, in the order of strength, with what it is known by', async () => {
    const review = { type: 'review', value: 5, context: { text: 'The quality is great.' } };
    await send(did('1'), did('2', { type: 'search', itemId: undefined, query: 'enamel mugs' }), did('3', review));
    const interests = await read();
    expect(idsOf(interests)).toEqual(
      expect.arrayContaining(['categories:Kitchen', 'brand:Kiln', 'query:enamel mugs', 'aspects:quality']),
    );
    expect(interests.lines.find(({ id }) => id === 'categories:Kitchen')).toMatchObject({
      text: 'Often picks kitchen',
      by: 'events',
      evidence: { events: 2, lastAt: expect.any(String) as string },
    });
    expect(interests.summary).toContain('kitchen');
    expect(interests.source).toBe('template');
    expect((await read('?language=zh')).summary).toMatch(/[\u4e00-\u9fff]/);
  });

  it('is refreshed with new events alone, and comes to what all of them at once come to', async () => {
    await send(did('1'));
    await read();
    expect((await keptValue())?.taken).toBe(1);
    await send(did('2', { itemId: 'spade', type: 'view' }), did('3', { itemId: 'spade' }));
    const byParts = await read();
    expect((await keptValue())?.taken).toBe(3);
    await gateway.tenant.stores.records.delete('interests', ['ann']);
    expect(await read()).toEqual(byParts);
    expect(idsOf(byParts)).toEqual(expect.arrayContaining(['categories:Garden', 'categories:Kitchen']));
  });

  it('is made anew where the past of a visitor becomes hers', async () => {
    await send(did('0', { userId: undefined, anonymousId: 'v', itemId: 'spade' }), did('1'));
    expect(idsOf(await read())).not.toContain('categories:Garden');
    expect((await call('PUT', '/v1/users/ann/identities/v')).status).toBe(204);
    const joined = await read();
    expect(idsOf(joined)).toContain('categories:Garden');
    expect(joined.lines.find(({ id }) => id === 'categories:Kitchen')!.evidence.events).toBe(1);
  });

  it('is edited: hidden lines never return, pinned and added ones stay, whatever she does', async () => {
    await send(did('1'));
    const edits = {
      hidden: ['categories:Kitchen'],
      pinned: ['brand:Kiln'],
      added: [{ path: 'categories', value: 'Garden' }],
      note: 'No gifts.',
    };
    expect(idsOf((await call('PUT', PATH, edits)).json() as unknown as UserInterests).slice(0, 2)).toEqual([
      'brand:Kiln',
      'categories:Garden',
    ]);
    await send(...[2, 3, 4].map((n) => did(`${n}`)));
    const after = await read();
    expect(idsOf(after)).not.toContain('categories:Kitchen');
    expect(after.edits).toEqual(edits);
    await problem(await call('PUT', PATH, { hidden: [''] }), 400, 'VALIDATION_FAILED');
    await problem(await call('PUT', PATH, { added: [{ path: '__proto__', value: 'x' }] }), 400, 'VALIDATION_FAILED');
  });

  it('is deleted and not made again, until she edits it', async () => {
    await send(did('1'));
    await read();
    expect((await call('DELETE', PATH)).status).toBe(204);
    await send(did('2'));
    expect(await read()).toMatchObject({ lines: [], degraded: [{ code: 'INTERESTS_DELETED' }] });
    await call('PUT', PATH, {});
    expect(idsOf(await read())).toContain('categories:Kitchen');
  });

  it('is neither made nor kept of one who does not consent, and goes with the consent', async () => {
    await send(did('1'));
    await read();
    await call('PUT', '/v1/users/ann', { consent: { profiling: false } });
    expect(await keptValue()).toBeUndefined();
    expect(await read()).toMatchObject({ lines: [], degraded: [{ code: 'NO_PROFILING' }] });
    await call('PUT', PATH, { added: [{ path: 'brand', value: 'Kiln' }] });
    expect(await keptValue()).toBeUndefined();
  });

  it('goes with her, and nobody knows a stranger’s', async () => {
    await send(did('1'));
    await read();
    expect(await eraseUser({ stores: gateway.tenant.stores }, 'ann')).toMatchObject({ records: 1 });
    await problem(await call('GET', PATH), 404, 'USER_NOT_FOUND');
    await problem(await call('DELETE', PATH), 404, 'USER_NOT_FOUND');
  });

  it('is the same for twenty who ask at once', async () => {
    await send(did('1'));
    const all = await Promise.all(Array.from({ length: 20 }, () => read()));
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
    expect((await keptValue())?.taken).toBe(1);
  });
});

describe('its summary by a language model', () => {
  const asked = getInterests.query.parse({ words: 'model' });

  it.each([
    ['is used where the lines bear it out', 'You often pick things for the kitchen.', 'llm', []],
    ['is not where it guesses', 'You are a woman who loves Lego and pays 99 dollars.', 'template', ['LLM_UNUSABLE']],
  ])('%s', async (_, summary, source, codes) => {
    const llm = await startScriptedLlm({ answer: () => ({ summary }) });
    const { tenant, desk } = withModel(gateway, llm);
    await send(did('1', { context: { text: 'mail ann@example.com' } }));
    const told = await interestsOf('ann', asked, { tenant, platform: gateway.platform });
    expect([told.source, told.degraded.map(({ code }) => code)]).toEqual([source, codes]);
    expect(JSON.stringify(llm.requests.map(({ body }) => body))).not.toMatch(/ann\b/);
    await desk.close();
    await llm.close();
  });

  it('is not asked for of one who does not consent', async () => {
    const llm = await startScriptedLlm({ answer: () => ({ summary: 'You like mugs.' }) });
    const { tenant, desk } = withModel(gateway, llm);
    await send(did('1'));
    await call('PUT', '/v1/users/ann', { consent: { profiling: false } });
    const told = await interestsOf('ann', asked, { tenant, platform: gateway.platform });
    expect([told.lines, llm.requests]).toEqual([[], []]);
    await desk.close();
    await llm.close();
  });
});
