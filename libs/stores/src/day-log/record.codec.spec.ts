import { llmCallOf, slateOf } from '@attune/testkit';
import type { LoggedLlmCall, LoggedSlate } from '@attune/sdk';
import * as fc from 'fast-check';
import { LLM_CALLS } from './llm-call-kind.js';
import { OfPeople } from './of-people.js';
import { RecordCodec } from './record.codec.js';
import { SLATES } from './slate-kind.js';

const id = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('"', '\\', '\\"', '","surface":"x'));
const slates = new RecordCodec<LoggedSlate>(SLATES);
const calls = new RecordCodec<LoggedLlmCall>(LLM_CALLS);
const people = fc.record({ userIds: fc.array(id, { maxLength: 12 }), anonymousIds: fc.array(id, { maxLength: 12 }) });
const parsed = (value: object): unknown => JSON.parse(JSON.stringify(value));

describe('Records as text', () => {
  it('give their header without being parsed', () => {
    fc.assert(
      fc.property(id, id, (slateId, surface) => {
        const slate = slateOf(slateId, { surface });
        const json = slates.encode(slate);
        expect(slates.decodeHeader(json)).toEqual(parsed({ id: slateId, group: surface }));
        expect(slates.decode(json)).toEqual(parsed(slate));
      }),
    );
  });

  it('give it whatever was sent', () => {
    fc.assert(
      fc.property(id, id, id, (callId, prompt, content) => {
        const call = llmCallOf(callId, { prompt, sent: [{ role: 'user', content }] });
        const json = calls.encode(call);
        expect(calls.decodeHeader(json)).toEqual(parsed({ id: callId, group: prompt }));
        expect(calls.decode(json)).toEqual(parsed(call));
      }),
    );
  });

  it('begin with it, as those of earlier versions do', () => {
    const slate = slateOf('s', { at: 'now' });
    expect(slates.encode(slate)).toMatch(/^\{"slateId":"s","surface":"home","at":"now",.*"degraded":\[\]\}$/);
  });

  it('give it also where other members come first', () => {
    const header = slates.decodeHeader('{"at":"now","surface":"home","slateId":"s"}');
    expect(header).toEqual({ id: 's', group: 'home' });
  });

  it('say whom slates were shown to, for few people and for many', () => {
    fc.assert(
      fc.property(people, id, id, fc.boolean(), ({ userIds, anonymousIds }, userId, anonymousId, asked) => {
        const who = { userId, anonymousId };
        const slate = slates.decode(slates.encode(slateOf('s', asked ? { request: who } : who)));
        const named = userIds.includes(userId) || anonymousIds.includes(anonymousId);
        const shownTo = new OfPeople(slates, { userIds, anonymousIds });
        expect([shownTo.holds(slate), shownTo.holdsText(slates.encode(slate))]).toEqual([named, named]);
      }),
    );
  });

  it('say whose calls were, and not who is written about in them', () => {
    fc.assert(
      fc.property(people, fc.option(id, { nil: undefined }), id, (who, userId, content) => {
        const sent = [{ role: 'user', content: `{"userId":${JSON.stringify(content)}}` }];
        const call = calls.decode(calls.encode(llmCallOf('c', { userId, sent })));
        const named = userId !== undefined && who.userIds.includes(userId);
        const theirs = new OfPeople(calls, who);
        expect([theirs.holds(call), theirs.holdsText(calls.encode(call))]).toEqual([named, named]);
      }),
    );
  });
});
