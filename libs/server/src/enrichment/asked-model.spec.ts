import type { LlmDesk } from '@attune/inference';
import { llmFaults, startScriptedLlm, type ScriptedLlm } from '@attune/testkit';
import { withModel } from '../http/calls/writing/testing/with-model.js';
import { enrichedShop } from './testing/enriched-shop.js';
import { enrich } from './testing/run-job.js';

const shop = enrichedShop();
const { gateway } = shop;

describe('with a language model', () => {
  let llm: ScriptedLlm;
  let desk: LlmDesk;
  let says: object;
  const quoting = { values: [{ attribute: 'color', value: 'tan', quote: 'Lamp' }] };
  const run = (asked: object = {}) => {
    const opened = withModel(gateway, llm);
    desk = opened.desk;
    return enrich(gateway, { model: true, ...asked }, { llm: opened.tenant.llm });
  };
  beforeEach(async () => {
    says = { values: [] };
    llm = await startScriptedLlm({ answer: () => says });
  });
  afterEach(async () => {
    await desk.close();
    await llm.close();
  });

  it('asks once an item, believes what a quote holds, and lets a person judge', async () => {
    await shop.put({ id: 'scarf', title: 'Scarf, heather tone' });
    says = {
      values: [
        { attribute: 'color', value: 'heather', quote: 'heather tone' },
        { attribute: 'color', value: 'gold', quote: 'heather tone' },
        { attribute: 'price', value: 'Scarf', quote: 'Scarf' },
      ],
    };
    const { result } = await run({ where: { id: 'scarf' } });
    expect([result.model, result.degraded]).toEqual([{ asked: 1, unusable: 0 }, []]);
    const { values, model } = await shop.known('scarf');
    expect(values.map(({ value, state, source }) => [value, state, source])).toEqual([['heather', 'review', model]]);
    expect(model).toMatch(/^enrichment@1 openai:.*scripted$/);
    expect((await run({ where: { id: 'scarf' } })).result).toMatchObject({ skipped: 1, model: { asked: 0 } });
    expect(llm.requests).toHaveLength(1);
  });

  it('counts an answer that cannot be used, and goes by the rules', async () => {
    says = quoting;
    llm.next(llmFaults.garbage);
    const { result, failed, errors } = await run({ where: { id: 'mug' } });
    expect([result.model, failed, await shop.color('mug')]).toEqual([{ asked: 1, unusable: 1 }, 0, 'red']);
    expect(errors).toEqual([expect.stringMatching(/^item 'mug': LLM_UNUSABLE/)]);
    expect((await run({ where: { id: 'mug' } })).result.skipped).toBe(1);
  });

  it('fails where the model is out of reach, stops asking, goes by the rules, and asks again the next time', async () => {
    for (let i = 0; i < 60; i++) llm.next(llmFaults.status(403));
    const { ok, failed, errors } = await run();
    expect([ok + failed, failed, await shop.color('mug')]).toEqual([6, 6, 'red']);
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.join()).not.toContain('the-key');
    expect(llm.requests.length).toBeLessThanOrEqual(8);
    await llm.close();
    llm = await startScriptedLlm({ answer: () => says });
    expect((await run()).result).toMatchObject({ skipped: 0, written: 0, model: { asked: 6, unusable: 0 } });
  });

  it('names it where there is none, and goes by the rules', async () => {
    desk = withModel(gateway, llm).desk;
    const { result, failed } = await enrich(gateway, { model: true });
    expect([result.degraded.map(({ code }) => code), failed, await shop.color('mug')]).toEqual([
      ['LLM_MISSING'],
      0,
      'red',
    ]);
  });
});
