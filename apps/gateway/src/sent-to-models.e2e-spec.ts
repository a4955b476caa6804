import { startScriptedLlm, type ScriptedLlm } from '@attune/testkit';
import { Conversation } from './testing/conversation.js';
import { Gullible, type Place } from './testing/gullible.js';
import { BENIGN, sentSince, usualSystems, wrongWith, type Sent } from './testing/hostile-checks.js';
import {
  CATALOGUE,
  fillHostileShop,
  itemWith,
  REFUSER,
  startHostileShop,
  type HostileShop,
} from './testing/hostile-shop.js';
import { ATTACKS } from './testing/hostile-surfaces.js';
import { LLM_KEY } from './testing/llm-shop.js';

// Answers are cached: a second try would prove nothing.
jest.retryTimes(0);

/** What identifies people by its form, and in what form it may be sent. */
const PERSONAL = [
  ['ann.smith@mail.example.co.uk', 'ann.smith'],
  ['ann\u200d@example.org', 'example.org'],
  ['+44 20 7946 0958', '7946'],
  ['4111 1111 1111 1111', '1111'],
  ['GB82 WEST 1234 5698 7654 32', '5698'],
  ['sk-live-4fT9aaaaBBBBccccDDDD', 'aaaaBBBB'],
  ['13812345678', '12345678'],
] as const;
const PLACES: readonly Place[] = ['title', 'description', 'attribute', 'review', 'query', 'message', 'interest'];

/** Items of which nothing was sold stand elsewhere; this is not about their order. */
function notInOrder(error: unknown): void {
  if (!String(error).includes('the order became') && !String(error).includes('nothing to sum up')) throw error;
}

let llm: ScriptedLlm;
let attacked: HostileShop;
let systems: ReadonlySet<string>;
const since = (start: number): readonly Sent[] => sentSince(llm.requests, start);

beforeAll(async () => {
  llm = await startScriptedLlm({ answer: new Gullible([]).answer, key: LLM_KEY });
  attacked = await startHostileShop(llm);
  await fillHostileShop(attacked.shop, BENIGN);
  systems = await usualSystems(attacked.shop, llm.requests);
});
afterAll(async () => {
  await attacked.stop();
  await llm.close();
});

describe('what is sent to a language model', () => {
  it.each(PLACES)('has nothing that identifies a person by its form: %s', async (place) => {
    const before = llm.requests.length;
    // Together with a filter, and where titles of 120 characters and queries of 80 are cut.
    const made = (words: string, from: number): readonly { readonly text: string; readonly i: number }[] =>
      PERSONAL.map(([data], i) => ({ text: `${words}${data} under £9`, i: from + i }));
    const texts = made(`nice ${place} number 3 `, 0);
    const long = [15, 20, 22].flatMap((times, nth) => made('very '.repeat(times) + 'nice 3 ', 10 * (nth + 1)));
    for (const { text, i } of [...texts, ...(place === 'attribute' ? [] : long)]) {
      const injection = { name: `personal-${place}-${i}`, place, goal: 'leak', text } as const;
      if (CATALOGUE.has(place)) await attacked.shop.putItems([itemWith(injection)]);
      for (const attack of Object.values(ATTACKS[place])) await attack(attacked.shop, injection).catch(notInOrder);
    }
    const sent = since(before);
    const all = JSON.stringify(sent);
    expect(PERSONAL.filter(([, part]) => all.includes(part))).toEqual([]);
    expect([sent.length > 0, sent.flatMap((one) => wrongWith(one, systems))]).toEqual([true, []]);
  });

  it('is nothing of the past of somebody who refused to be profiled', async () => {
    const { shop } = attacked;
    const before = llm.requests.length;
    const asked = { userId: REFUSER, query: 'a present for a friend of mine', limit: 6 };
    await shop.expect('POST', '/v1/recommendations', { surface: 'home', ...asked, explain: true });
    await shop.expect('POST', '/v1/search', asked);
    await new Conversation(shop, { userId: REFUSER }).say('a present for a friend of mine from abroad');
    const path = `/v1/users/${REFUSER}/interests`;
    await shop.expect('PUT', path, { note: 'quokka', added: [{ path: 'query', value: 'quokka' }] });
    expect(await shop.expect('GET', `${path}?words=model`)).toMatchObject({
      lines: [],
      degraded: [{ code: 'NO_PROFILING' }],
    });
    const sent = since(before);
    expect([sent.length > 2, sent.flatMap((one) => wrongWith(one, systems))]).toEqual([true, []]);
    expect(JSON.stringify(sent)).not.toMatch(/Taken up lately|Interests:|Points to/);
  });
});
