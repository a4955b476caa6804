import { chat, type ChatAsked, type ChatEvent } from '../../operations/chat.operations.js';
import { gatewayForEach } from '../../testing/test-gateway.js';
import { beginChat } from './chat.js';

const gateway = gatewayForEach();
const asked = (more: Partial<ChatAsked> = {}): ChatAsked =>
  chat.body.parse({ message: 'hello', chatId: 'the-chat', ...more });
const begun = (signal: AbortSignal, requestId = 'r'): Promise<AsyncGenerator<ChatEvent>> =>
  beginChat(asked(), { platform: gateway.platform, tenant: gateway.tenant, requestId }, signal);
/** Names of the events of a turn, to its end. */
async function toldBy(events: AsyncIterable<ChatEvent>): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { event } of events) names.push(event);
  return names;
}
const WHOLE = ['chat', 'text', 'done'];

describe('a turn that is not read to its end', () => {
  it.each([
    ['was left before anybody read of it', 0],
    ['was left after its first event', 1],
  ])('lets the next one go where it %s', async (_, reads) => {
    const left = new AbortController();
    const events = await begun(left.signal);
    for (let i = 0; i < reads; i++) await events.next();
    const next = begun(new AbortController().signal);
    left.abort();
    expect(await toldBy(await next)).toEqual(WHOLE);
    expect(await toldBy(events)).toEqual([]);
  });

  it('lets the next one go where it was left while it waited for the one before', async () => {
    const first = await begun(new AbortController().signal);
    const left = new AbortController();
    const second = begun(left.signal);
    left.abort();
    expect(await toldBy(first)).toEqual(WHOLE);
    await second;
    expect(await toldBy(await begun(new AbortController().signal))).toEqual(WHOLE);
  });

  it('lets the next one go where it is refused', async () => {
    const refused = asked({ filter: { 'attributes.secret': 'x' } });
    const asking = { platform: gateway.platform, tenant: gateway.tenant, requestId: 'r' };
    const { signal } = new AbortController();
    await expect(beginChat(refused, asking, signal)).rejects.toMatchObject({ code: 'FIELD_NOT_FILTERABLE' });
    expect(await toldBy(await begun(signal))).toEqual(WHOLE);
  });
});
