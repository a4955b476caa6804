import { slateOf } from '@attune/testkit';
import * as fc from 'fast-check';
import { decodeHeader, decodeSlate, encodeSlate, ShownTo } from './slate.codec.js';

const id = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('"', '\\', '\\"', '","surface":"x'));

describe('Slates as text', () => {
  it('give their header without being parsed', () => {
    fc.assert(
      fc.property(id, id, (slateId, surface) => {
        const slate = slateOf(slateId, { surface });
        const json = encodeSlate(slate);
        expect(decodeHeader(json)).toMatchObject(JSON.parse(JSON.stringify({ slateId, surface })) as object);
        expect(decodeSlate(json)).toEqual(JSON.parse(JSON.stringify(slate)));
      }),
    );
  });

  it('give it also where other members come first', () => {
    expect(decodeHeader('{"at":"now","surface":"home","slateId":"s"}')).toMatchObject({
      slateId: 's',
      surface: 'home',
    });
  });

  it('say whom they were shown to, for few people and for many', () => {
    const people = fc.record({
      userIds: fc.array(id, { maxLength: 12 }),
      anonymousIds: fc.array(id, { maxLength: 12 }),
    });
    fc.assert(
      fc.property(people, id, id, fc.boolean(), ({ userIds, anonymousIds }, userId, anonymousId, asked) => {
        const who = { userId, anonymousId };
        const slate = decodeSlate(encodeSlate(slateOf('s', asked ? { request: who } : who)));
        const named = userIds.includes(userId) || anonymousIds.includes(anonymousId);
        const shownTo = new ShownTo({ userIds, anonymousIds });
        expect([shownTo.holds(slate), shownTo.holdsText(encodeSlate(slate))]).toEqual([named, named]);
      }),
    );
  });
});
