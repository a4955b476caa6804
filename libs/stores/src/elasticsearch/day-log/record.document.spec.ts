import { llmCallOf, slateOf, START } from '@attune/testkit';
import { LLM_CALLS } from '../../day-log/llm-call-kind.js';
import { RecordCodec } from '../../day-log/record.codec.js';
import { SLATES } from '../../day-log/slate-kind.js';
import { definitionOf, documentOf } from './record.document.js';

const KEYWORD = { type: 'keyword' };

describe('Records as documents', () => {
  it('have the fields that indices of earlier versions have', () => {
    const common = { id: KEYWORD, userIds: KEYWORD, anonymousIds: KEYWORD, recorded: KEYWORD };
    expect(definitionOf(SLATES)).toMatchObject({ version: 1, properties: { ...common, surface: KEYWORD } });
    expect(definitionOf(LLM_CALLS)).toMatchObject({ version: 1, properties: { ...common, prompt: KEYWORD } });
  });

  it('say whose they are and what they are asked by; what was shown or sent is text', () => {
    const slate = slateOf('s', { userId: 'ann', request: { surface: 'cart', anonymousId: 'x' } });
    const stamp = { at: START, recorded: 'r1' };
    const { json, ...fields } = documentOf(new RecordCodec(SLATES), { record: slate, ...stamp });
    expect(fields).toEqual({ id: 's', surface: 'home', userIds: ['ann'], anonymousIds: ['x'], recorded: 'r1' });
    expect(JSON.parse(json)).toEqual(slate);
    const call = llmCallOf('c', { userId: 'ann' });
    expect(documentOf(new RecordCodec(LLM_CALLS), { record: call, ...stamp })).toMatchObject({
      id: 'c',
      prompt: 'listwise@1',
      userIds: ['ann'],
      anonymousIds: [],
    });
  });
});
