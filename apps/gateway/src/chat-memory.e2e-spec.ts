import { chatShop, shownIn, streamed, turn } from './testing/chat-shop.js';
import type { ChatAnswer } from './testing/conversation.js';
import type { Gateway } from './testing/start-gateway.js';
import { TINY_ITEMS } from './testing/tiny-shop.js';

const [NORTH, SOUTH] = ['north-key-0123456789', 'south-key-0123456789'];
let shop: Gateway;
beforeAll(async () => {
  shop = await chatShop({});
});
afterAll(() => shop.stop());

const ANN = { userId: 'ann' };

describe('what is remembered', () => {
  it('goes on under the id of the turn before', async () => {
    const first = await turn(shop, { message: 'lunch box', ...ANN });
    const second = await turn(shop, { message: 'in blue', chatId: first.chatId, ...ANN });
    expect([second.chatId, second.resumed, shownIn(second)]).toEqual([first.chatId, true, ['lunch-blue']]);
    expect(second.understood).toMatchObject({ query: 'lunch box', filter: { 'attributes.color': { $in: ['blue'] } } });
  });

  it.each([
    ['nobody knows', ANN, 'no-such-chat'],
    ['is somebody else’s', { userId: 'bob' }, undefined],
    ['is of somebody who is signed in', {}, undefined],
    ['is of the same name without an account', { anonymousId: 'ann' }, undefined],
  ])('is nothing where the id %s', async (_, who, known) => {
    const { chatId } = await turn(shop, { message: 'lunch box', ...ANN });
    const other = await turn(shop, { message: 'in blue', chatId: known ?? chatId, ...who });
    expect([other.resumed, other.chatId === (known ?? chatId), other.understood.query]).toEqual([false, false, '']);
    const again = await turn(shop, { message: 'in blue', chatId, ...ANN });
    expect([again.resumed, again.understood.query]).toEqual([true, 'lunch box']);
  });

  it('is not mixed up by 20 turns of one conversation at once', async () => {
    const { chatId } = await turn(shop, { message: 'lunch box', ...ANN });
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, i) => turn(shop, { message: `and word${i}`, chatId, ...ANN })),
    );
    expect(all.every((one) => one.resumed && one.chatId === chatId)).toBe(true);
    // Each found what the one before it had left: their queries grow by a word each.
    const words = all.map(({ understood }) => understood.query.split(' ').length).sort((a, b) => a - b);
    expect(words).toEqual(Array.from({ length: 20 }, (_, i) => i + 3));
  });

  it('outlives a client that goes away in the middle of a turn, and before its first byte', async () => {
    const { chatId } = await turn(shop, { message: 'lunch box', ...ANN });
    const left = async (readsOne: boolean): Promise<void> => {
      const control = new AbortController();
      const body = JSON.stringify({ message: 'in red', chatId, ...ANN });
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body, signal: control.signal };
      const asked = fetch(`${shop.url}/v1/chat`, init);
      if (readsOne) await (await asked).body!.getReader().read();
      control.abort();
      await asked.catch(() => undefined);
    };
    for (let i = 0; i < 20; i++) await left(i % 2 === 0);
    const next = await turn(shop, { message: 'in blue', chatId, ...ANN });
    expect([next.resumed, shownIn(next)]).toEqual([true, ['lunch-blue']]);
  });

  it('goes with the user who is erased', async () => {
    const zoe = { userId: 'zoe' };
    const { chatId } = await turn(shop, { message: 'lunch box', ...zoe });
    const other = await turn(shop, { message: 'lunch box', ...ANN });
    await shop.send({ id: 'zoe-1', type: 'click', userId: 'zoe', itemId: 'lamp' });
    const { jobId } = await shop.expect<{ jobId: string }>('DELETE', '/v1/users/zoe');
    await shop.completed(jobId);
    expect((await turn(shop, { message: 'in blue', chatId, ...zoe })).resumed).toBe(false);
    expect((await turn(shop, { message: 'in blue', chatId: other.chatId, ...ANN })).resumed).toBe(true);
  });

  it('is another conversation for another tenant, and a key is asked for', async () => {
    const keyed = await chatShop({}, { env: { ATTUNE_API_KEYS: `${NORTH}=north,${SOUTH}=south:recommend` } });
    const as = (key: string, message: string, chatId?: string): Promise<ChatAnswer> =>
      turn(keyed, { message, ...(chatId !== undefined && { chatId }) }, { authorization: `Bearer ${key}` });
    await keyed.withKey(NORTH).putItems(TINY_ITEMS);
    const { chatId } = await as(NORTH, 'lunch box');
    expect((await as(SOUTH, 'in blue', chatId)).resumed).toBe(false);
    expect(await as(NORTH, 'in blue', chatId)).toMatchObject({ resumed: true, chatId });
    await expect(turn(keyed, { message: 'lunch box' })).rejects.toThrow(/401/);
    await keyed.stop();
  });
});

describe('what nothing can be shown for', () => {
  it('is said, with what would help', async () => {
    const { reply, slate } = await turn(shop, { message: 'a pink lunch box', filter: { 'attributes.color': 'pink' } });
    expect([reply, slate?.items]).toEqual([expect.stringMatching(/^I found no/), []]);
  });

  it('is an event of its own once the answer has begun', async () => {
    const events = await streamed(shop, { message: 'hello there', surface: 'nowhere' });
    expect(events.at(-1)!.event).toBe('done');
    const failed = await streamed(shop, { message: 'cheapest first', surface: 'nowhere' });
    expect(failed.map(({ event }) => event)).toEqual(['chat', 'tool', 'error']);
    expect(failed.at(-1)!.data).toMatchObject({ code: 'SURFACE_NOT_FOUND', status: 404 });
    await expect(turn(shop, { message: 'cheapest first', surface: 'nowhere' })).rejects.toThrow(/404/);
  });
});
