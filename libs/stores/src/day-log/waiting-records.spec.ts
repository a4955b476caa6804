import { llmCallOf, slateOf, START } from '@attune/testkit';
import type { LoggedLlmCall } from '@attune/sdk';
import { LLM_CALLS } from './llm-call-kind.js';
import { OfPeople } from './of-people.js';
import { RecordCodec } from './record.codec.js';
import { SLATES } from './slate-kind.js';
import { WaitingRecords } from './waiting-records.js';

const MI = 1024 * 1024;
const content = 'x'.repeat(MI);
const sized = (id: string, length = MI): LoggedLlmCall =>
  llmCallOf(id, { userId: id, sent: [{ role: 'user', content: content.slice(0, length) }] });

/** Adds calls of a million characters, each with an id of its own, as long as there is room; how many. */
function fill(waiting: WaitingRecords<LoggedLlmCall>, from = 0): number {
  let calls = 0;
  for (; calls < 100 && waiting.hasRoomFor(sized('')); calls++)
    waiting.set({ record: sized(`c${from + calls}`), at: START });
  return calls;
}

describe('WaitingRecords', () => {
  it('has room for 10,000 records, however they come and go', () => {
    const waiting = new WaitingRecords(SLATES);
    for (let n = 0; n < 10_000; n++) waiting.set({ record: slateOf(`s${n}`), at: START });
    expect(waiting.hasRoomFor(slateOf('late'))).toBe(false);
    waiting.done(waiting.oldest(1));
    expect([waiting.hasRoomFor(slateOf('late')), waiting.get('s0'), waiting.get('s1')?.slateId]).toEqual([
      true,
      undefined,
      's1',
    ]);
  });

  it('has room for so many characters only, and for none of a record with too many', () => {
    const waiting = new WaitingRecords(LLM_CALLS);
    const large = llmCallOf('l', { sent: ['', 'x'].map((more) => ({ role: 'user', content: more || content })) });
    expect(waiting.hasRoomFor(large)).toBe(false);
    expect(fill(waiting)).toBe(32);
    expect(waiting.hasRoomFor(sized('late', 1))).toBe(false);
    expect(waiting.hasRoomFor(sized('late', 0))).toBe(true);
  });

  it('has the room again of what was stored, erased, cleared, or took the place of another', () => {
    const waiting = new WaitingRecords(LLM_CALLS);
    fill(waiting);
    waiting.done(waiting.oldest(3));
    expect(fill(waiting, 32)).toBe(3);
    const people = new OfPeople(new RecordCodec(LLM_CALLS), { userIds: ['c5', 'c30', 'nobody'], anonymousIds: [] });
    expect([waiting.holds(people), waiting.erase(people), waiting.holds(people)]).toEqual([true, 2, false]);
    expect(fill(waiting, 35)).toBe(2);
    waiting.set({ record: sized('c31', 0), at: START });
    expect(waiting.hasRoomFor(sized(''))).toBe(true);
    expect([waiting.clear(), waiting.size, fill(waiting)]).toEqual([32, 0, 32]);
  });
});
