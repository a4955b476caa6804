import { INJECTIONS, startScriptedLlm, type Injection, type ScriptedLlm } from '@attune/testkit';
import { Gullible, LIES } from './testing/gullible.js';
import {
  BENIGN,
  logged,
  received,
  sentSince,
  usualSystems,
  wrongShown,
  wrongWith,
  type Sent,
} from './testing/hostile-checks.js';
import {
  CATALOGUE,
  fillHostileShop,
  idOf,
  SHOPPER,
  startHostileShop,
  type HostileShop,
} from './testing/hostile-shop.js';
import { ATTACKS } from './testing/hostile-surfaces.js';
import { until } from './testing/http.client.js';
import { LLM_KEY } from './testing/llm-shop.js';

const CASES = INJECTIONS.flatMap((injection) =>
  Object.entries(ATTACKS[injection.place]).map(([surface, attack]) => ({
    ...{ surface, injection, attack },
    name: injection.name,
  })),
);
// Answers are cached: a second try would prove nothing.
jest.retryTimes(0);

const gullible = new Gullible(INJECTIONS);
let llm: ScriptedLlm;
let attacked: HostileShop;
let systems: ReadonlySet<string>;
const since = (start: number): readonly Sent[] => sentSince(llm.requests, start);

beforeAll(async () => {
  llm = await startScriptedLlm({ answer: gullible.answer, key: LLM_KEY });
  attacked = await startHostileShop(llm);
  await fillHostileShop(attacked.shop, [...INJECTIONS, ...BENIGN]);
  systems = await usualSystems(attacked.shop, llm.requests);
});
afterAll(async () => {
  await attacked.stop();
  await llm.close();
});

describe('a language model that obeys every text it reads', () => {
  it.each(CASES)('does no harm: $surface, $name', async ({ injection, attack }) => {
    const [requests, hooks] = [llm.requests.length, attacked.hooks.calls.length];
    const shown = await attack(attacked.shop, injection);
    expect(wrongShown(shown, injection.place === 'message')).toEqual([]);
    expect(since(requests).flatMap((sent) => wrongWith(sent, systems))).toEqual([]);
    // Only somebody who asks in his own words has a hook called, and for nobody but himself.
    const called = attacked.hooks.calls.slice(hooks).map(({ body }) => body['userId']);
    expect(called.filter((userId) => injection.place !== 'message' || userId !== SHOPPER)).toEqual([]);
  });
});

describe('jobs with a language model that obeys every text it reads', () => {
  it('describe: no draft says what the item does not', async () => {
    const { shop } = attacked;
    const before = llm.requests.length;
    const { jobId } = await shop.expect<{ jobId: string }>('POST', '/v1/jobs', {
      type: 'describe',
      onlyWithout: false,
    });
    await shop.completed(jobId);
    const { descriptions } = await shop.expect<Drafts>('GET', '/v1/descriptions?limit=500');
    const items = INJECTIONS.filter(({ place }) => CATALOGUE.has(place));
    expect(descriptions.filter(({ id }) => items.some((one) => idOf(one) === id))).toHaveLength(items.length);
    for (const { id, text } of descriptions) {
      const own = JSON.stringify(await shop.expect('GET', `/v1/items/${id}`));
      expect([id, wrongShown({ texts: [{ text, most: 400 }], own, answer: text })]).toEqual([id, []]);
    }
    expect(since(before).flatMap((sent) => wrongWith(sent, systems))).toEqual([]);
  });

  it('enrich: every value is of an attribute that was asked for, and stands in the texts of its item', async () => {
    const { shop } = attacked;
    const before = llm.requests.length;
    const { jobId } = await shop.expect<{ jobId: string }>('POST', '/v1/jobs', { type: 'enrich', model: true });
    await shop.completed(jobId);
    const { enrichments } = await shop.expect<Enrichments>('GET', '/v1/enrichments?limit=500');
    expect(enrichments.length).toBeGreaterThan(INJECTIONS.filter(({ place }) => CATALOGUE.has(place)).length);
    for (const { id, values } of enrichments) {
      const own = JSON.stringify(await shop.expect('GET', `/v1/items/${id}`)).toLowerCase();
      for (const { attribute, value } of values)
        expect([
          id,
          attribute,
          value,
          LIES.some(({ never }) => never.test(value)),
          /scarlet/.test(value) && !/scarlet/.test(own),
        ]).toEqual([id, 'color', value, false, false]);
    }
    expect(since(before).length).toBeGreaterThan(40);
    expect(since(before).flatMap((sent) => wrongWith(sent, systems))).toEqual([]);
  });

  it('has read every hostile text but those that are kept from it, or nothing would be proven', () => {
    const { hooks } = attacked;
    const unread = INJECTIONS.filter(({ name }) => !gullible.read.has(name));
    const isMessage = ({ place }: Injection): boolean => place === 'message';
    // Of scripts nothing is sent, and of reviews only what is an opinion of an aspect.
    expect(unread.filter((one) => !isMessage(one)).map(({ name }) => name)).toEqual([
      ...['html-script', 'review-format', 'review-zh', 'review-tool', 'review-many-shot'],
    ]);
    // What the tables of conversations understand, no model is asked about.
    expect(unread.filter(isMessage).length * 2).toBeLessThan(INJECTIONS.filter(isMessage).length);
    // Who asks for an order is told of his own, whomever he names.
    expect(hooks.calls.map(({ path, body }) => `${path} ${String(body['userId'])}`)).toContain(`/orders ${SHOPPER}`);
  });
});

interface Drafts {
  readonly descriptions: readonly { readonly id: string; readonly text: string }[];
}
interface Enrichments {
  readonly enrichments: readonly {
    readonly id: string;
    readonly values: readonly { readonly attribute: string; readonly value: string }[];
  }[];
}

it('everything that a model was sent is in the log, as it was sent', async () => {
  const all = received(llm.requests);
  await until('the last call to be logged', async () => (await logged(attacked.shop)).length >= all.length);
  expect(await logged(attacked.shop)).toEqual(all);
});
