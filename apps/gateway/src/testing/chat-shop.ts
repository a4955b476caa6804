import { eventsIn, type ChatAnswer, type StreamedEvent } from './conversation.js';
import { writeShop } from './scratch.js';
import { startGateway, type Gateway } from './start-gateway.js';
import { TINY_ITEMS, tinyBatch, tinySurface } from './tiny-shop.js';

export interface ChatAsked {
  readonly message: string;
  readonly chatId?: string;
  readonly userId?: string;
  readonly filter?: object;
  readonly [member: string]: unknown;
}

export interface ChatReply {
  readonly status: number;
  readonly type: string;
  readonly headers: Headers;
  readonly text: string;
}

/** A turn as any client sends it. */
export async function send(
  { url }: { readonly url: string },
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<ChatReply> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
  const response = await fetch(`${url}/v1/chat`, init);
  const type = response.headers.get('content-type') ?? '';
  return { status: response.status, type, headers: response.headers, text: await response.text() };
}

/** A turn whose answer is asked for in one piece; throws where it is a problem. */
export async function turn(
  shop: { readonly url: string },
  body: ChatAsked,
  headers: Readonly<Record<string, string>> = {},
): Promise<ChatAnswer> {
  const { status, text } = await send(shop, body, { accept: 'application/json', ...headers });
  if (status !== 200) throw new Error(`chat: ${status} ${text}`);
  return JSON.parse(text) as ChatAnswer;
}

export const streamed = async (shop: { readonly url: string }, body: ChatAsked): Promise<readonly StreamedEvent[]> =>
  eventsIn((await send(shop, body)).text);

export const shownIn = ({ slate }: ChatAnswer): readonly string[] => (slate?.items ?? []).map(({ id }) => id);
export const toolsOf = ({ tools }: ChatAnswer): readonly string[] => tools.map(({ name }) => name);
export const codesIn = ({ degraded }: ChatAnswer): readonly string[] => degraded.map(({ code }) => code);

/** A small shop that is searched by its words alone. `config`: members of `attune.config.yaml`. */
export async function chatShop(
  config: object,
  {
    env = {},
    items = TINY_ITEMS,
  }: { readonly env?: Readonly<Record<string, string>>; readonly items?: readonly object[] } = {},
): Promise<Gateway> {
  const surfaces = {
    home: tinySurface('home'),
    item: tinySurface('item'),
    search: tinySurface('search', { retrieve: [{ use: 'lexical', limit: 100, hardMs: 20_000 }] }),
  };
  const attributes = { color: { type: 'keyword', facet: true } };
  const shop = await startGateway({ ...writeShop({ surfaces, config: { attributes, ...config } }), env });
  if (env['ATTUNE_API_KEYS'] === undefined) {
    await shop.putItems(items);
    await shop.send(...tinyBatch('chat', 0));
  }
  return shop;
}
