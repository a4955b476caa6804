import type { ItemAnswer } from './testing/answers.js';
import { Conversation, type ChatAnswer } from './testing/conversation.js';
import { DIALOGUES } from './testing/dialogues.js';
import { demoFolder } from './testing/scratch.js';
import { startGateway, type Gateway } from './testing/start-gateway.js';

let shop: Gateway;
beforeAll(async () => {
  shop = await startGateway({ data: await demoFolder(), demo: true });
});
afterAll(() => shop.stop());

const itemsOf = ({ slate }: ChatAnswer): readonly ItemAnswer[] => (slate?.items ?? []).map(({ item }) => item!);

describe('twenty conversations with the demo shop, without a language model', () => {
  it.each(DIALOGUES.map((turns) => [turns.map(({ says }) => says).join(' | '), turns] as const))(
    '%s',
    async (_, turns) => {
      const conversation = new Conversation(shop, { userId: '17850' });
      let before: readonly ItemAnswer[] = [];
      for (const { says, holds } of turns) {
        const answer = await conversation.say(says);
        const items = itemsOf(answer);
        const wrong = items.filter((item) => !holds(item, before));
        expect({
          says,
          reply: answer.reply,
          found: items.length > 0,
          wrong: wrong.map(({ title, price }) => [title, price?.amount]),
        }).toEqual({
          ...{ says, reply: answer.reply, found: true, wrong: [] },
        });
        before = items;
      }
    },
  );
});
