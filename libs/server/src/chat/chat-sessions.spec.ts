import { newDialogue, type DialogueState } from '@attune/language/understanding';
import type { PageViewer, SharedPage, SharedPages } from '@attune/sdk';
import { ManualClock } from '@attune/testkit';
import { ChatSessions, type OpenedChat } from './chat-sessions.js';

const LIFE_MS = 60_000;
const ANN: PageViewer = { userId: 'ann' };
const NOBODY: PageViewer = {};
const state: DialogueState = { ...newDialogue('en'), query: 'mug' };

/** A store that processes share, with what is asked of it: texts by their ids. */
class SomePages implements SharedPages {
  readonly pages = new Map<string, SharedPage>();
  put(id: string, page: SharedPage): Promise<boolean> {
    this.pages.set(id, page);
    return Promise.resolve(true);
  }
  get(id: string): Promise<string | undefined> {
    return Promise.resolve(this.pages.get(id)?.text);
  }
  forget(): Promise<number> {
    return Promise.resolve(0);
  }
}

let clock: ManualClock;
let chats: ChatSessions;
const opened = (pages?: SharedPages): ChatSessions => new ChatSessions({ pages, clock, lifeMs: LIFE_MS });
beforeEach(() => {
  clock = new ManualClock(1_000_000);
  chats = opened();
});

/** A conversation that was begun and kept. */
async function begun(viewer: PageViewer = ANN, said: OpenedChat['said'] = []): Promise<string> {
  const { chatId } = await chats.open(undefined, viewer);
  await chats.keep({ chatId, state, said }, viewer);
  return chatId;
}
const isKnown = async (chatId: string, viewer: PageViewer = ANN): Promise<boolean> =>
  (await chats.open(chatId, viewer)).state !== undefined;

describe.each([
  ['in memory', (): SharedPages | undefined => undefined],
  ['where processes share them', (): SharedPages | undefined => new SomePages()],
] as const)('conversations %s', (_, pages) => {
  beforeEach(() => (chats = opened(pages())));

  it('go on where they were, for who began them', async () => {
    const said = [{ who: 'shopper', text: 'a mug' }] as const;
    const chatId = await begun(ANN, said);
    expect(await chats.open(chatId, ANN)).toEqual({ chatId, state, said });
    const nobodys = await begun(NOBODY);
    expect(await isKnown(nobodys, NOBODY)).toBe(true);
  });

  it('are new ones for everybody else, under another id', async () => {
    const chatId = await begun();
    for (const other of [NOBODY, { userId: 'bob' }, { anonymousId: 'ann' }, { userId: 'ann', anonymousId: 'a' }]) {
      const one = await chats.open(chatId, other);
      expect([one.state, one.said, one.chatId === chatId]).toEqual([undefined, [], false]);
    }
    expect(await isKnown(chatId)).toBe(true);
  });

  it('are new ones where the id is not known, and no two have one id', async () => {
    const ids = await Promise.all(
      ['x', undefined, '', '__proto__'].map(async (id) => (await chats.open(id, ANN)).chatId),
    );
    expect(new Set(ids).size).toBe(4);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('are forgotten once their time is over, which each turn begins anew', async () => {
    const chatId = await begun();
    clock.advance(LIFE_MS - 1);
    expect(await isKnown(chatId)).toBe(true);
    await chats.keep({ chatId, state, said: [] }, ANN);
    clock.advance(LIFE_MS - 1);
    expect(await isKnown(chatId)).toBe(true);
    clock.advance(1);
    expect(await isKnown(chatId)).toBe(false);
  });

  it('keep the latest twelve things that were said, cut to 500 characters', async () => {
    const said = Array.from({ length: 20 }, (_, i) => ({ who: 'shopper' as const, text: `${i}`.padEnd(600, 'x') }));
    const kept = (await chats.open(await begun(ANN, said), ANN)).said;
    expect(kept.map(({ text }) => [Number.parseInt(text, 10), text.length])).toEqual(
      Array.from({ length: 12 }, (_, i) => [i + 8, 500]),
    );
  });
});

describe('conversations', () => {
  it('in memory are 10,000 at most: those whose latest turn is longest ago go first', async () => {
    const first = await begun();
    const second = await begun();
    for (let i = 2; i < 10_000; i++) await begun();
    await chats.keep({ chatId: first, state, said: [] }, ANN);
    expect([await isKnown(first), await isKnown(second)]).toEqual([true, true]);
    const last = await begun();
    expect([await isKnown(first), await isKnown(second), await isKnown(last)]).toEqual([true, false, true]);
  });

  it('of people who are forgotten go, whichever of their ids is named; the others stay', async () => {
    const [ann, cookie, both, bob, nobody] = [
      ANN,
      { anonymousId: 'c' },
      { userId: 'x', anonymousId: 'c' },
      { userId: 'bob' },
      NOBODY,
    ];
    const ids = [await begun(ann), await begun(cookie), await begun(both), await begun(bob), await begun(nobody)];
    expect(chats.forget({ userIds: ['ann'], anonymousIds: ['c'] })).toBe(3);
    const known = await Promise.all([ann, cookie, both, bob, nobody].map((viewer, i) => isKnown(ids[i]!, viewer)));
    expect(known).toEqual([false, false, false, true, true]);
    expect(chats.forget({ userIds: ['ann'], anonymousIds: ['c'] })).toBe(0);
    chats.forgetAll();
    expect(await isKnown(ids[3]!, bob)).toBe(false);
  });

  it('that were under way when their person was forgotten are not kept after it, and their id begins anew', async () => {
    const chatId = await begun();
    const turn = await chats.open(chatId, ANN);
    chats.forget({ userIds: ['ann'], anonymousIds: [] });
    await chats.keep({ ...turn, state }, ANN);
    expect(await isKnown(chatId)).toBe(false);
    const fresh = await chats.open(chatId, ANN);
    expect([fresh.state, fresh.chatId === chatId]).toEqual([undefined, false]);
    clock.advance(LIFE_MS);
    expect(await isKnown(await begun())).toBe(true);
  });

  it('that processes share are found by all of them, and hold nothing but what is needed', async () => {
    const pages = new SomePages();
    chats = opened(pages);
    const asked = { ...ANN, sessionId: 's', message: 'secret' };
    const chatId = await begun(asked);
    const [[id, page] = []] = pages.pages;
    expect([id, page?.lifeMs, page?.viewer.userId]).toEqual([`chat-${chatId}`, LIFE_MS, 'ann']);
    expect(page?.text).not.toMatch(/secret|sessionId/);
    chats = opened(pages);
    expect(await isKnown(chatId)).toBe(true);
  });

  it('that another version wrote, or that are none, are new ones', async () => {
    const pages = new SomePages();
    chats = opened(pages);
    const chatId = await begun();
    const page = pages.pages.get(`chat-${chatId}`)!;
    for (const text of ['', '{', 'null', '{"slate": 1}', page.text.replace('"query"', '"asks"')]) {
      pages.pages.set(`chat-${chatId}`, { ...page, text });
      expect(await isKnown(chatId)).toBe(false);
    }
  });
});
