import type { LlmDesk } from '@attune/inference';
import type { Item } from '@attune/sdk';
import { llmFaults, startScriptedLlm, type ScriptedLlm } from '@attune/testkit';
import { withModel } from '../../http/calls/writing/testing/with-model.js';
import type { ItemDraft } from '../../http/operations/drafts.operations.js';
import { gatewayForEach } from '../../http/testing/test-gateway.js';
import { describeAll, enrich } from '../testing/run-job.js';

const gateway = gatewayForEach();
const { call, problem } = gateway;

const AT = '2026-11-01T00:00:00Z';
const ITEMS: readonly Item[] = [
  { id: 'mug', title: 'Mug', attributes: { color: 'red' }, updatedAt: AT },
  { id: 'cup', title: '北欧马克杯', attributes: { color: '白色' }, updatedAt: AT },
  { id: 'told', title: 'Lamp', description: 'A lamp of the catalogue.', updatedAt: AT },
  { id: 'nothing', title: '!!!', updatedAt: AT },
];
const TEMPLATE = 'Mug. The color is red.';
const put = (...items: readonly Item[]) => gateway.tenant.stores.items.upsert(items);
const textOf = async (id: string): Promise<unknown> => (await gateway.tenant.stores.items.get([id]))[0]?.description;
const drafts = async (query = ''): Promise<readonly ItemDraft[]> =>
  (await call('GET', `/v1/descriptions${query}`)).json<{ descriptions: readonly ItemDraft[] }>().descriptions;
const decide = (id: string, body: object) => call('POST', `/v1/descriptions/${id}`, body);
const approve = (id: string, more: object = {}) => decide(id, { decision: 'approve', ...more });

beforeEach(() => put(...ITEMS));

describe('a job that describes', () => {
  it('writes drafts of items without a description, in their language, and changes none', async () => {
    const { result, ok, failed } = await describeAll(gateway, { tone: 'plain', length: 'short' });
    expect(result).toMatchObject({
      items: 4,
      skipped: 0,
      drafts: 2,
      byModel: 0,
      byTemplate: 2,
      nothing: 1,
      restored: 0,
    });
    expect([ok, failed, result.degraded.map(({ code }) => code)]).toEqual([2, 0, ['LLM_MISSING']]);
    expect((await drafts()).map(({ id, text, language, state }) => [id, text, language, state])).toEqual([
      ['cup', '北欧马克杯。颜色是白色。', 'zh', 'draft'],
      ['mug', TEMPLATE, 'en', 'draft'],
    ]);
    expect([await textOf('mug'), await textOf('told')]).toEqual([undefined, 'A lamp of the catalogue.']);
  });

  it('writes a draft once a style and item as it is', async () => {
    await describeAll(gateway);
    expect((await describeAll(gateway)).result).toMatchObject({ skipped: 2, drafts: 0 });
    await call('PATCH', '/v1/items/mug', { price: { amount: 1, currency: 'GBP' } });
    expect((await describeAll(gateway)).result).toMatchObject({ skipped: 2, drafts: 0 });
    await call('PATCH', '/v1/items/mug', { attributes: { color: 'blue' } });
    expect((await describeAll(gateway)).result).toMatchObject({ skipped: 1, drafts: 1 });
    expect((await describeAll(gateway, { tone: 'warm' })).result).toMatchObject({ skipped: 0, drafts: 2 });
  });

  it('writes so many at most, of items that a filter passes, also of those with a description', async () => {
    expect((await describeAll(gateway, { limit: 1 })).result).toMatchObject({ drafts: 1 });
    expect((await describeAll(gateway, { limit: 1 })).result).toMatchObject({ drafts: 1, skipped: 1 });
    const told = await describeAll(gateway, { where: { id: 'told' }, onlyWithout: false });
    expect(told.result).toMatchObject({ items: 1, drafts: 1 });
  });
});

describe('a draft', () => {
  beforeEach(() => describeAll(gateway, { length: 'short' }));

  it('that is approved is the description, which search finds, and is written again after a feed dropped it', async () => {
    const before = (await gateway.tenant.jobs.list()).length;
    expect((await approve('mug', { by: 'Ann' })).json()).toMatchObject({ state: 'approved', decidedBy: 'Ann' });
    expect(await textOf('mug')).toBe(TEMPLATE);
    expect((await gateway.tenant.jobs.list()).length).toBe(before + 1);
    expect(await drafts('?state=approved')).toHaveLength(1);
    await put(ITEMS[0]!);
    expect(await textOf('mug')).toBeUndefined();
    expect((await describeAll(gateway, { length: 'short' })).result).toMatchObject({ drafts: 0, restored: 1 });
    expect(await textOf('mug')).toBe(TEMPLATE);
    // Another style is a draft beside what the item says.
    await describeAll(gateway, { length: 'short', tone: 'warm', onlyWithout: false, where: { id: 'mug' } });
    expect([(await drafts('?state=draft')).map(({ id }) => id), await textOf('mug')]).toEqual([
      ['cup', 'mug'],
      TEMPLATE,
    ]);
  });

  it('may be edited by a person: plain text, without blocked words', async () => {
    const { llm } = gateway.platform.config;
    llm.blocked.push('cheap');
    await problem(await approve('mug', { text: 'A cheap mug.' }), 400, 'VALIDATION_FAILED');
    llm.blocked.pop();
    await problem(await approve('mug', { text: '<p></p>' }), 400, 'VALIDATION_FAILED');
    await problem(await approve('mug', { text: 'x'.repeat(2_001) }), 400, 'VALIDATION_FAILED');
    await problem(await decide('mug', { decision: 'reject', text: 'A mug.' }), 400, 'VALIDATION_FAILED');
    const answer = await approve('mug', { text: '<b>A mug</b> for red teas.\n' });
    expect(answer.json()).toMatchObject({ text: 'A mug for red teas.', edited: true, state: 'approved' });
    expect(await textOf('mug')).toBe('A mug for red teas.');
  });

  it('that is rejected after all is taken back, and what was there before is there again', async () => {
    await approve('mug');
    expect((await decide('mug', { decision: 'reject' })).json()).toMatchObject({ state: 'rejected' });
    expect(await textOf('mug')).toBeUndefined();
    await describeAll(gateway, { where: { id: 'told' }, onlyWithout: false });
    await approve('told');
    await approve('told', { text: 'Another text.' });
    expect(await textOf('told')).toBe('Another text.');
    await decide('told', { decision: 'reject' });
    expect(await textOf('told')).toBe('A lamp of the catalogue.');
    expect((await describeAll(gateway, { length: 'short' })).result).toMatchObject({ drafts: 0, skipped: 2 });
  });

  it('of an item that has changed is not approved as it is', async () => {
    await call('PATCH', '/v1/items/mug', { attributes: { color: 'blue' } });
    await problem(await approve('mug'), 409, 'DRAFT_OUTDATED');
    expect((await approve('mug', { text: 'A blue mug.' })).status).toBe(200);
    await problem(await approve('told'), 404, 'DRAFT_NOT_FOUND');
    await problem(await approve('none'), 404, 'ITEM_NOT_FOUND');
    await problem(await approve('%00'), 404, 'ITEM_NOT_FOUND');
  });

  it('is decided by several at once, and the item is what the record says', async () => {
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, i) => (i % 2 === 0 ? approve('mug') : decide('mug', { decision: 'reject' }))),
    );
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    const [draft] = await drafts('?limit=1&after=cup');
    expect(await textOf('mug')).toBe(draft!.state === 'approved' ? TEMPLATE : undefined);
  });

  it('that was approved is no evidence for what its item has', async () => {
    await approve('mug', { text: 'Color: pink. Size: large.' });
    const { result } = await enrich(gateway, { where: { id: 'mug' } });
    expect(result).toMatchObject({ applied: 0, review: 0 });
    await call('PATCH', '/v1/items/mug', { attributes: { color: null } });
    await call('PATCH', '/v1/items/mug', { title: 'Blue mug' });
    await enrich(gateway);
    expect((await gateway.tenant.stores.items.get(['mug']))[0]!.attributes).toEqual({ color: 'blue' });
  });
});

describe('with a language model', () => {
  let llm: ScriptedLlm;
  let desk: LlmDesk;
  const HONEST = 'A red mug.';
  let says = HONEST;
  const run = (asked: object = {}) => {
    const opened = withModel(gateway, llm);
    desk = opened.desk;
    return describeAll(gateway, { where: { id: 'mug' }, ...asked }, { llm: opened.tenant.llm });
  };
  beforeEach(async () => {
    says = HONEST;
    llm = await startScriptedLlm({ answer: () => ({ description: says }) });
  });
  afterEach(async () => {
    await desk.close();
    await llm.close();
  });

  it('drafts are the model’s where it invents nothing', async () => {
    expect((await run()).result).toMatchObject({ drafts: 1, byModel: 1, degraded: [] });
    expect((await drafts())[0]).toMatchObject({ text: HONEST, source: 'llm', prompt: 'description@1' });
    says = 'A waterproof mug.';
    expect((await run({ tone: 'warm' })).result).toMatchObject({ byModel: 0, byTemplate: 1 });
    expect((await drafts())[0]).toMatchObject({ source: 'template', degraded: 'LLM_UNUSABLE' });
    expect((await run({ tone: 'warm' })).result).toMatchObject({ skipped: 1, drafts: 0 });
  });

  it('drafts of the template are written again where the model was out of reach', async () => {
    llm.next(llmFaults.status(403));
    const first = await run();
    expect([first.result.byTemplate, first.errors.length]).toEqual([1, 1]);
    expect((await drafts())[0]).toMatchObject({ source: 'template', degraded: 'LLM_UNAVAILABLE' });
    expect((await run()).result).toMatchObject({ byModel: 1 });
    expect((await drafts())[0]).toMatchObject({ text: HONEST, source: 'llm' });
  });
});
