import { createHash } from 'node:crypto';
import { idsOf, type ProblemAnswer, type SearchAnswer, type SlateAnswer } from './testing/answers.js';
import { filesHolding } from './testing/folder-scan.js';
import { until, type EventsReceipt } from './testing/http.client.js';
import { writeShop } from './testing/scratch.js';
import { startGateway, type Gateway } from './testing/start-gateway.js';
import { TINY_ITEMS, tinySurface } from './testing/tiny-shop.js';

// A loss that shows once is a loss: what fails here is not run once more.
jest.retryTimes(0);

interface Export {
  readonly user: object;
  readonly events: readonly { readonly id: string }[];
  readonly anonymousIds: readonly string[];
  readonly slates: readonly { readonly slateId: string; readonly items: readonly string[] }[];
}
interface Started {
  readonly jobId: string;
}

const ROUNDS = 5;
const search = { retrieve: [{ use: 'lexical', limit: 100, hardMs: 2_000 }] };
const shopFiles = () => writeShop({ surfaces: { home: tinySurface('home'), search: tinySurface('search', search) } });
const userPath = (id: string): string => `/v1/users/${encodeURIComponent(id)}`;
const exportOf = (shop: Gateway, id: string): Promise<Export> => shop.expect('GET', `${userPath(id)}/export`);

/** Somebody with everything that a person leaves behind; every text of theirs holds the name. */
class Person {
  readonly id: string;
  readonly phone: string;
  readonly tablet: string;
  readonly profile: { readonly attributes: object; readonly consent: { readonly profiling: boolean } };
  readonly events: { readonly id: string; readonly at?: string }[];
  readonly slates: SlateAnswer[] = [];
  cursor: string | undefined;

  constructor(readonly name: string) {
    this.id = `${name}/🍱 "north"`;
    this.phone = `phone of ${name}`;
    this.tablet = `tablet-of-${name}`;
    this.profile = {
      attributes: { email: `${name}@example.com`, country: 'UK', sizes: [7, 'M'] },
      consent: { profiling: true },
    };
    const at = (hour: number): string => `2026-11-20T${hour}:00:00+02:00`;
    const context = { device: 'phone', screen: 390, night: true };
    this.events = [
      { anonymousId: this.phone, type: 'view', itemId: 'mug', at: at(10), context },
      {
        anonymousId: this.phone,
        type: 'search',
        query: `a mug for ${name}`,
        at: at(11),
        sessionId: `visit of ${name}`,
      },
      { userId: this.id, anonymousId: this.phone, type: 'add_to_cart', itemId: 'mug', at: at(12) },
      { userId: this.id, type: 'purchase', itemIds: ['mug', 'teapot'], value: 26.5, at: at(13) },
      { userId: this.id, type: 'rating', itemId: 'mug', value: 4.5 },
      { userId: this.id, type: 'dislike', itemId: 'candle', at: at(15) },
      { anonymousId: this.tablet, type: 'hide', itemId: 'lamp', at: at(16) },
    ].map((event, i) => ({ id: `event ${i} of ${name}`, ...event }));
  }

  async does(shop: Gateway): Promise<void> {
    await shop.expect('PUT', userPath(this.id), this.profile);
    await shop.expect<EventsReceipt>('POST', '/v1/events', { events: this.events.slice(0, 3) });
    await shop.feed('POST', '/v1/events', this.events.slice(3));
    await shop.expect('PUT', `${userPath(this.id)}/identities/${encodeURIComponent(this.tablet)}`);
    const paged = { surface: 'home', userId: this.id, limit: 2, paging: true };
    const first = await shop.expect<SlateAnswer & { cursor: string }>('POST', '/v1/recommendations', paged);
    const next = await shop.expect<SlateAnswer & { cursor: string }>('POST', '/v1/recommendations', {
      cursor: first.cursor,
    });
    this.cursor = next.cursor;
    const found = await shop.expect<SearchAnswer>('POST', '/v1/search', { query: `mug ${this.name}`, userId: this.id });
    const cookie = await shop.expect<SlateAnswer>('POST', '/v1/recommendations', {
      surface: 'home',
      anonymousId: this.tablet,
    });
    this.slates.push(first, next, found, cookie);
    const click = { id: `click of ${this.name}`, type: 'click', userId: this.id, itemId: idsOf(first)[0] };
    this.events.push({ ...click, ...{ slateId: first.slateId, position: 1, at: '2026-11-20T17:00:00Z' } });
    await shop.expect('POST', '/v1/events', { events: this.events.slice(-1) });
  }

  /** What no file may hold once the person is erased. */
  get traces(): readonly string[] {
    return [this.name, this.id, this.phone, this.tablet, ...this.events.map(({ id }) => id)];
  }
}

const byId = (events: readonly { readonly id: string }[]) => [...events].sort((a, b) => (a.id < b.id ? -1 : 1));

async function expectExported(shop: Gateway, person: Person): Promise<void> {
  const exported = await exportOf(shop, person.id);
  expect(exported.user).toEqual({ id: person.id, ...person.profile });
  // An event that was sent without a time has that of its receipt.
  expect(byId(exported.events)).toEqual(byId(person.events.map((event) => ({ at: expect.any(String), ...event }))));
  expect([...exported.anonymousIds].sort()).toEqual([person.phone, person.tablet]);
  const shown = person.slates.map((slate) => [slate.slateId, idsOf(slate)]);
  expect(exported.slates.map(({ slateId, items }) => [slateId, items])).toEqual(shown);
}

/** A shop with customers whose every purchase must stay, and the receipts that say so. */
async function openShop(
  files: ReturnType<typeof shopFiles>,
  customers: number,
): Promise<{ shop: Gateway; crowd: object[] }> {
  const shop = await startGateway(files);
  await shop.putItems(TINY_ITEMS);
  const crowd = Array.from({ length: customers * TINY_ITEMS.length }, (_, i) => ({
    id: `crowd ${i}`,
    type: 'purchase',
    userId: `customer ${i % customers}`,
    itemId: TINY_ITEMS[i % TINY_ITEMS.length]!.id,
    at: '2026-11-19T10:00:00Z',
  }));
  expect(await shop.feed('POST', '/v1/events', crowd)).toMatchObject({ accepted: crowd.length });
  return { shop, crowd };
}

/** Every one of these events is there, once. */
async function expectKept(shop: Gateway, events: readonly object[]): Promise<void> {
  expect(await shop.feed('POST', '/v1/events', events)).toMatchObject({ accepted: 0, duplicates: events.length });
}

describe('erasing a user', () => {
  it('leaves no byte of him in the data folder, also after a restart; before, an export is what was sent', async () => {
    const files = shopFiles();
    const { shop, crowd } = await openShop(files, 20);
    const [ann, bob] = [new Person('annabella'), new Person('bartholomew')];
    for (const person of [ann, bob]) await person.does(shop);
    const { jobId: ofAll } = await shop.expect<Started>('POST', '/v1/jobs', { type: 'recommend', surface: 'home' });
    const ofTwo = { type: 'recommend', surface: 'home', users: [ann.id, bob.id] };
    const { jobId: ofBoth } = await shop.expect<Started>('POST', '/v1/jobs', ofTwo);
    for (const id of [ofAll, ofBoth]) await shop.completed(id);
    for (const person of [ann, bob]) await expectExported(shop, person);
    await until('her slates to be on disk', async () =>
      (await filesHolding(files.data, [ann.name])).some((path) => path.includes('slates')),
    );
    const before = (await filesHolding(files.data, ann.traces)).join();
    for (const place of ['events', 'users', 'slates', ofAll, ofBoth]) expect(before).toContain(place);

    const { jobId } = await shop.expect<Started>('DELETE', userPath(ann.id));
    await shop.completed(jobId);
    expect(await shop.expect('GET', `/v1/jobs/${jobId}/result`)).toEqual({
      subject: createHash('sha256').update(ann.id).digest('hex'),
      users: 1,
      // One more says whose the tablet is.
      events: ann.events.length + 1,
      anonymousIds: 2,
      slates: ann.slates.length,
      llmCalls: 0,
      records: 0,
      jobs: 0,
      results: 2,
      // The frozen slate and her search.
      caches: 2,
    });
    expect(await filesHolding(files.data, ann.traces)).toEqual([]);
    const gone = await shop.call<ProblemAnswer>('POST', '/v1/recommendations', { cursor: ann.cursor });
    expect(gone).toMatchObject({ status: 410, body: { code: 'CURSOR_EXPIRED' } });
    expect((await shop.expect<SlateAnswer>('POST', '/v1/recommendations', { cursor: bob.cursor })).items.length).toBe(
      2,
    );
    expect(shop.process.stderr).not.toContain(ann.name);
    await shop.stop();

    const again = await startGateway(files);
    const paths = [userPath(ann.id), `${userPath(ann.id)}/export`, `/v1/slates/${ann.slates[0]!.slateId}`];
    for (const path of paths) expect((await again.call('GET', path)).status).toBe(404);
    const { suggestions } = await again.expect<{ suggestions: object[] }>('GET', `/v1/suggest?q=mug+for+${ann.name}`);
    expect(JSON.stringify(suggestions)).not.toContain(ann.name);
    expect(await filesHolding(files.data, ann.traces)).toEqual([]);
    const kept = await exportOf(again, bob.id);
    expect(kept.slates.map(({ slateId }) => slateId)).toEqual(
      expect.arrayContaining(bob.slates.map(({ slateId }) => slateId)),
    );
    expect(byId(kept.events).map(({ id }) => id)).toEqual(byId(bob.events).map(({ id }) => id));
    await expectKept(again, crowd);
    await again.stop();
    expect((await filesHolding(files.data, [bob.name])).length).toBeGreaterThan(3);
  });

  it('once it was accepted it is finished by the next start, wherever kill -9 met it', async () => {
    const files = shopFiles();
    const { shop: first, crowd } = await openShop(files, 1_000);
    let shop = first;
    let unfinished = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const person = new Person(`somebody-${round}-who-goes`);
      await person.does(shop);
      await shop.expect<Started>('DELETE', userPath(person.id));
      // The rounds meet it at its beginning, in the middle, and after its end.
      setTimeout(() => void shop.process.stop('SIGKILL'), round ** 2 * 40);
      await shop.process.ended;
      if ((await filesHolding(files.data, person.traces)).length > 0) unfinished++;
      shop = await startGateway(files);
      await until(
        'nothing to be left of him',
        async () => (await filesHolding(files.data, person.traces)).length === 0,
      );
      expect((await shop.call('GET', userPath(person.id))).status).toBe(404);
      await expectKept(shop, crowd);
    }
    await shop.stop();
    process.stdout.write(`${ROUNDS} rounds, ${unfinished} of them killed before the erasure was done: all finished\n`);
  });
});
