import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeArtifact, encodeArtifact } from '@attune/algorithms';
import type { LoggedLlmCall, LoggedSlate, StoredEvent, TenantStores } from '@attune/sdk';
import { openEmbeddedStores, type EmbeddedStores } from '@attune/stores';
import { scratchFolder } from '../testing/scratch-stores.js';
import { eraseReceiptSchema, eraseUser } from './erase-user.js';
import type { Forgets, Forgotten } from './forgets.js';

const NOW = Date.parse('2026-11-21T09:30:00Z');
const AT = '2026-11-20T09:30:00.000Z';
const ANN = 'ann/🍱@example.com';
const ANONYMOUS = 'visitor-of-ann';
/** Everything a file could hold of her: ids of her own, of her events, and of her slates. */
const TRACES = /ann\/|visitor-of-ann|event-of-hers|slate-of-hers|what she typed/;

let folder: string;
let remove: () => Promise<void>;
let all: EmbeddedStores;
let stores: TenantStores;

beforeEach(async () => {
  ({ folder, remove } = await scratchFolder());
  await open();
});
afterEach(async () => {
  await close();
  await remove();
});

async function open(): Promise<void> {
  const codec = { encode: encodeArtifact, decode: decodeArtifact };
  const warn = (): void => undefined;
  all = await openEmbeddedStores({ folder, clock: () => NOW, warn, spaces: [], codec });
  stores = all.of({ tenant: 'default' });
}
async function close(): Promise<void> {
  await all.close();
}

const view = (id: string, who: Partial<StoredEvent>): StoredEvent => ({
  id,
  type: 'view',
  itemId: 'i',
  at: AT,
  ...who,
});
const shown = (slateId: string, who: Pick<LoggedSlate, 'userId' | 'anonymousId'>): LoggedSlate => ({
  ...{
    slateId,
    at: AT,
    surface: 'home',
    ...who,
    request: { surface: 'home', user: who.userId ?? null, visitor: who.anonymousId ?? null },
    digest: 'd',
    items: ['i'],
  },
  ...{ scores: [1], propensities: [1], total: 1, sampled: [], degraded: [] },
});

const sentFor = (id: string, userId: string, content: string): LoggedLlmCall => ({
  ...{ id, at: AT, prompt: 'p@1', model: 'm', outcome: 'answered', tokens: { input: 1, output: 1 }, cost: 0, ms: 1 },
  userId,
  sent: [{ role: 'user', content }],
});

/** Ann on two devices, and Bob, who stays. */
async function twoPeople(): Promise<void> {
  await stores.users.upsert([{ id: ANN, attributes: { plan: 'what she typed' } }, { id: 'bob' }]);
  await stores.events.append([
    view('event-of-hers-1', { anonymousId: ANONYMOUS }),
    view('event-of-hers-2', { userId: ANN, anonymousId: ANONYMOUS }),
    { id: 'event-of-hers-3', type: 'search', userId: ANN, query: 'what she typed', at: AT },
    view('of-bob', { userId: 'bob', anonymousId: 'visitor-of-bob' }),
  ]);
  stores.slates.record(shown('slate-of-hers-1', { userId: ANN }));
  stores.slates.record(shown('slate-of-hers-2', { anonymousId: ANONYMOUS }));
  stores.slates.record(shown('slate-of-bob', { userId: 'bob' }));
  await stores.slates.flush();
  stores.llmCalls.record(sentFor('call-of-hers', ANN, 'what she typed'));
  stores.llmCalls.record(sentFor('call-of-bob', 'bob', 'what he typed'));
  await stores.llmCalls.flush();
  await stores.records.put('taste', [
    { id: ANN, value: 'what she typed', userId: ANN },
    { id: 'bob', value: 'what he typed', userId: 'bob' },
  ]);
  await stores.records.put('offer', [{ id: 'offer-1', value: 'what she typed', userId: ANN }]);
}

async function filesWith(trace: RegExp): Promise<readonly string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
  return paths.filter((path, i) => trace.test(path) || trace.test(texts[i]!));
}

it('leaves no byte of a user on disk and nothing in memory, and everything of others', async () => {
  await twoPeople();
  expect((await filesWith(TRACES)).length).toBeGreaterThanOrEqual(3);
  const receipt = await eraseUser({ stores }, ANN);
  expect(eraseReceiptSchema.parse(receipt)).toEqual({
    subject: createHash('sha256').update(ANN).digest('hex'),
    users: 1,
    events: 3,
    anonymousIds: 1,
    slates: 2,
    llmCalls: 1,
    records: 2,
    jobs: 0,
    results: 0,
    caches: 0,
  });
  expect(await filesWith(TRACES)).toEqual([]);
  expect(await stores.users.get([ANN, 'bob'])).toEqual([undefined, { id: 'bob' }]);
  for (const who of [{ userId: ANN }, { anonymousId: ANONYMOUS }])
    expect((await stores.events.history(who, NOW)).size).toBe(0);
  expect((await stores.events.eventsOf('bob')).map(({ id }) => id)).toEqual(['of-bob']);
  expect(await stores.slates.get('slate-of-bob')).toMatchObject({ userId: 'bob' });
  expect((await stores.llmCalls.recent(9)).map(({ id }) => id)).toEqual(['call-of-bob']);
  expect((await stores.records.ofUser('bob')).map(({ value }) => value)).toEqual(['what he typed']);
  await close();
  await open();
  expect(await stores.erasures.userIds()).toEqual([]);
  expect(await stores.events.size()).toBe(1);
  expect(await filesWith(TRACES)).toEqual([]);
});

it('says zero for somebody nobody knows', async () => {
  const receipt = await eraseUser({ stores }, 'nobody');
  expect(receipt).toMatchObject({ users: 0, events: 0, anonymousIds: 0, slates: 0, records: 0 });
  expect(await stores.erasures.userIds()).toEqual([]);
});

it('asks everything else that may hold traces, anonymous ids included, once the events are gone', async () => {
  await twoPeople();
  const asked: (Forgotten & { readonly left: number })[] = [];
  const place = (name: Forgets['place'], count: number): Forgets => ({
    place: name,
    forget: async (who) => {
      asked.push({ ...who, left: await stores.events.size() });
      return count;
    },
  });
  const forgets = [place('results', 4), place('caches', 2), place('caches', 1), place('jobs', 5)];
  expect(await eraseUser({ stores, forgets }, ANN)).toMatchObject({ jobs: 5, results: 4, caches: 3 });
  expect(asked).toEqual(Array(4).fill({ userIds: [ANN], anonymousIds: [ANONYMOUS], left: 1 }));
});

it.each(['users', 'events', 'slates', 'records', 'forgets'] as const)(
  'is finished at the next start where it was cut short at the %s, anonymous slates included',
  async (step) => {
    await twoPeople();
    const cut = (): Promise<never> => Promise.reject(new Error('the power went'));
    const broken: TenantStores = { ...stores };
    if (step === 'users') Object.assign(broken, { users: with_(stores.users, { delete: cut }) });
    if (step === 'events') Object.assign(broken, { events: with_(stores.events, { erase: cut }) });
    if (step === 'slates') Object.assign(broken, { slates: with_(stores.slates, { erase: cut }) });
    if (step === 'records') Object.assign(broken, { records: with_(stores.records, { erase: cut }) });
    const forgets: readonly Forgets[] = step === 'forgets' ? [{ place: 'caches', forget: cut }] : [];
    await expect(eraseUser({ stores: broken, forgets }, ANN)).rejects.toThrow('the power went');
    await close();
    await open();
    expect(await stores.erasures.userIds()).toEqual([ANN]);
    for (const userId of await stores.erasures.userIds()) await eraseUser({ stores }, userId);
    expect(await filesWith(TRACES)).toEqual([]);
    expect(await stores.erasures.userIds()).toEqual([]);
  },
);

/** A store one of whose methods is another. */
const with_ = <T extends object>(store: T, methods: Partial<T>): T =>
  new Proxy(store, {
    get(target, name) {
      const value = (methods as Record<PropertyKey, unknown>)[name] ?? Reflect.get(target, name, target);
      return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
    },
  });
