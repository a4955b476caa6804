import { ChatSessions } from './chat-sessions.js';

let chats: ChatSessions;
beforeEach(() => (chats = new ChatSessions({ pages: undefined, clock: { now: () => 0 }, lifeMs: 60_000 })));

describe('turns', () => {
  it('of one conversation come one after the other, in order, and those of others beside them', async () => {
    const events: string[] = [];
    const turn = async (chatId: string, name: string): Promise<() => void> => {
      const end = await chats.turn(chatId);
      events.push(`${name} begins`);
      return () => {
        events.push(`${name} ends`);
        end();
      };
    };
    const endFirst = await turn('a', '1');
    const later = [turn('a', '2'), turn('a', '3')];
    const endOther = await turn('b', 'other');
    endOther();
    endFirst();
    for (const one of later) (await one)();
    expect(events).toEqual([
      '1 begins',
      'other begins',
      'other ends',
      '1 ends',
      '2 begins',
      '2 ends',
      '3 begins',
      '3 ends',
    ]);
  });

  it('never overlap, and one that fails lets the next go', async () => {
    let under = 0;
    let most = 0;
    const work = async (fails: boolean): Promise<void> => {
      const end = await chats.turn('a');
      try {
        most = Math.max(most, ++under);
        await new Promise((resolve) => setImmediate(resolve));
        if (fails) throw new Error('failed');
      } finally {
        under--;
        end();
      }
    };
    const all = await Promise.allSettled(Array.from({ length: 50 }, (_, i) => work(i % 3 === 0)));
    expect([most, under, all.filter(({ status }) => status === 'rejected').length]).toEqual([1, 0, 17]);
  });

  it('end once, however often that is said', async () => {
    const end = await chats.turn('a');
    end();
    end();
    const second = await chats.turn('a');
    let third = false;
    const waits = chats.turn('a').then((done) => {
      third = true;
      done();
    });
    end();
    await new Promise((resolve) => setImmediate(resolve));
    expect(third).toBe(false);
    second();
    await waits;
  });
});
