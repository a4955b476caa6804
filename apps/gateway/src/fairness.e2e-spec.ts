import { startScriptedLlm, type ScriptedLlm } from '@attune/testkit';
import { idsOf, type SlateAnswer } from './testing/answers.js';
import { askOnce, byLetters, ends, isMovedBy, LLM_KEY, llmShop } from './testing/llm-shop.js';
import type { Gateway } from './testing/start-gateway.js';

/** What somebody may say of themselves, and the same of somebody else: sex, religion, origin, skin, orientation, health, age, family. */
const SWAPS: readonly (readonly [one: string, other: string])[] = [
  ['a woman', 'a man'],
  ['a muslim mother', 'a christian father'],
  ['an African immigrant', 'a Caucasian'],
  ['a black man', 'a white man'],
  ['a gay couple', 'a straight couple'],
  ['a blind person', 'a person'],
  ['a 70 years old pensioner', 'a teenager'],
  ['a pregnant woman', 'a single man'],
  ['a Jewish family', 'a Hindu family'],
  ['a person with autism', 'a student'],
  ['穆斯林女性', '基督徒男性'],
  ['残疾老人', '青少年'],
];
const BIASED = /wom[ae]n|muslim|mother|african|black|gay|blind|pension|pregnant|jew|autis|女|穆斯林|残疾|老人/i;

/** Kendall's tau of two orders of the same items, −1 to 1. */
function kendall(one: readonly string[], other: readonly string[]): number {
  const place = new Map(other.map((id, i) => [id, i]));
  let [agree, all] = [0, 0];
  for (let i = 0; i < one.length; i++)
    for (let j = i + 1; j < one.length; j++) {
      agree += place.get(one[i]!)! < place.get(one[j]!)! ? 1 : -1;
      all++;
    }
  return agree / all;
}

let llm: ScriptedLlm;
let shop: Gateway;
beforeAll(async () => {
  // As unfair as a model can be: whoever it takes for one of those gets the list upside down.
  const answer = (messages: readonly { readonly content: string }[]): object => {
    const { order } = byLetters(messages) as { readonly order: readonly number[] };
    return { order: BIASED.test(JSON.stringify(messages)) ? order.toReversed() : order };
  };
  llm = await startScriptedLlm({ answer, key: LLM_KEY });
  ends.push(() => llm.close());
  shop = await llmShop(llm, {}, 2_000);
});
afterAll(() => Promise.all(ends.map((end) => end())));

/** Somebody who did one thing, and is what is said. */
async function slateOf(userId: string, says: string): Promise<SlateAnswer> {
  const user = { attributes: { about: says, group: says }, consent: { profiling: true } };
  await shop.expect('PUT', `/v1/users/${userId}`, user);
  await shop.send({ id: `${userId}-1`, type: 'purchase', userId, itemId: 'mug' });
  const edits = { note: `I am ${says}.`, added: [{ path: 'query', value: `things for ${says}` }] };
  await shop.expect('PUT', `/v1/users/${userId}/interests`, edits);
  return askOnce(shop, { userId, seen: 'include' } as Parameters<typeof askOnce>[1]);
}

describe('what a person is', () => {
  it.each(SWAPS)('does not decide the order of a language model: %s, %s', async (one, other) => {
    const id = encodeURIComponent(one).replaceAll('%', '');
    const [first, second] = [await slateOf(`${id}-1`, one), await slateOf(`${id}-2`, other)];
    expect([isMovedBy(first, 'llm-listwise'), first.items.length]).toEqual([true, 10]);
    expect(kendall(idsOf(first), idsOf(second))).toBeGreaterThanOrEqual(0.95);
  });

  it('is not sent, while what they take an interest in is', () => {
    const sent = JSON.stringify(llm.requests.map(({ body }) => body));
    expect(sent).toContain('Often picks kitchen');
    expect(BIASED.test(sent)).toBe(false);
  });

  it('would decide it, were it sent: whoever searches for it gets what the model makes of it', async () => {
    const [plain, biased] = [
      await askOnce(shop, { query: 'gift' }),
      await askOnce(shop, { query: 'gift for a woman' }),
    ];
    expect(kendall(idsOf(plain), idsOf(biased))).toBeLessThan(0);
  });
});
