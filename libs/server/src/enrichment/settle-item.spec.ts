import type { ItemEnrichment } from '../http/operations/enrichment.operations.js';
import { enrichedShop } from './testing/enriched-shop.js';
import { enrich } from './testing/run-job.js';

const shop = enrichedShop();
const { gateway } = shop;
const { call, problem } = gateway;
const decide = (id: string, value: string, decision: string, by?: string) =>
  call('POST', `/v1/enrichments/${id}`, { attribute: 'color', value, decision, by });

describe('a person', () => {
  beforeEach(() => enrich(gateway));

  it('sees what waits, page by page', async () => {
    await shop.put({ id: 'a', title: 'Pink heart jug' });
    await enrich(gateway);
    const first = (await call('GET', '/v1/enrichments?state=review&limit=1')).json<{
      enrichments: readonly ItemEnrichment[];
      after?: string;
    }>();
    expect([first.enrichments.map(({ id, title }) => [id, title]), first.after]).toEqual([
      [['a', 'Pink heart jug']],
      'a',
    ]);
    const second = (await call('GET', '/v1/enrichments?state=review&limit=5&after=a')).json<typeof first>();
    expect([second.enrichments.map(({ id }) => id), second.after]).toEqual([['cup'], undefined]);
    expect(JSON.stringify(second)).not.toMatch(/written|refused/);
    await problem(await call('GET', '/v1/enrichments?state=open'), 400, 'VALIDATION_FAILED');
  });

  it('accepts, and the item has it at once and after the next run', async () => {
    const answer = await decide('cup', 'white', 'accept', 'Ann');
    expect(answer.json()).toMatchObject({ state: 'done', values: [{ state: 'accepted', decidedBy: 'Ann' }] });
    expect(await shop.color('cup')).toBe('white');
    expect((await enrich(gateway)).result).toMatchObject({ skipped: 6, written: 0 });
    expect((await call('GET', '/v1/enrichments?state=review')).json<{ enrichments: [] }>().enrichments).toEqual([]);
  });

  it('rejects, and it is never applied again for the same texts', async () => {
    expect((await decide('mug', 'red', 'reject')).status).toBe(200);
    expect(await shop.color('mug')).toBeUndefined();
    await enrich(gateway);
    await call('PATCH', '/v1/items/mug', { title: 'Blue mug' });
    await enrich(gateway);
    expect(await shop.color('mug')).toBe('blue');
    await call('PATCH', '/v1/items/mug', { title: 'Red mug' });
    await enrich(gateway);
    expect([await shop.color('mug'), await shop.state('mug')]).toEqual([undefined, 'rejected']);
    await call('PATCH', '/v1/items/mug', { title: 'Big red mug' });
    await enrich(gateway);
    expect([await shop.color('mug'), await shop.state('mug')]).toEqual([undefined, 'review']);
    await decide('mug', 'red', 'accept');
    expect(await shop.color('mug')).toBe('red');
  });

  it('cannot overrule the catalogue, nor accept what nobody found, nor decide about old texts', async () => {
    expect((await decide('box', 'blue', 'accept')).json()).toMatchObject({ values: [{ state: 'overruled' }] });
    expect(await shop.color('box')).toBe('green');
    await problem(await decide('mug', 'pink', 'accept'), 422, 'VALUE_NOT_PROPOSED');
    await problem(await decide('none', 'pink', 'accept'), 404, 'ITEM_NOT_FOUND');
    await problem(await decide('%00', 'pink', 'accept'), 404, 'ITEM_NOT_FOUND');
    await call('PATCH', '/v1/items/mug', { title: 'Blue mug' });
    await problem(await decide('mug', 'red', 'accept'), 409, 'ENRICHMENT_OUTDATED');
    await shop.put({ id: 'new', title: 'Red jug' });
    await problem(await decide('new', 'red', 'accept'), 404, 'ENRICHMENT_NOT_FOUND');
    await problem(
      await call('POST', '/v1/enrichments/mug', { attribute: 'color', value: 'red' }),
      400,
      'VALIDATION_FAILED',
    );
  });

  it('and others decide at the same time, and the item is what the last word of each says', async () => {
    await shop.put({ id: 'many', title: 'Red, blue, green, white and black mug' });
    await enrich(gateway);
    const values = (await shop.known('many')).values.map(({ value }) => value);
    expect(values.length).toBeGreaterThan(3);
    const answers = await Promise.all(
      values.map((value, i) => decide('many', value, i % 2 === 0 ? 'accept' : 'reject')),
    );
    expect(answers.map(({ status }) => status)).toEqual(values.map(() => 200));
    const { values: after } = await shop.known('many');
    expect(after.map(({ state }) => state)).toEqual(values.map((_, i) => (i % 2 === 0 ? 'accepted' : 'rejected')));
    expect(await shop.color('many')).toEqual(values.filter((_, i) => i % 2 === 0));
  });
});
