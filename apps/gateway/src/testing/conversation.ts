import type { SlateItemAnswer } from './answers.js';
import type { HttpClient } from './http.client.js';

export interface ChatAnswer {
  readonly chatId: string;
  readonly resumed: boolean;
  readonly language: string;
  readonly reply: string;
  readonly source: 'guided' | 'llm';
  readonly tools: readonly { readonly name: string; readonly arguments: Readonly<Record<string, unknown>> }[];
  readonly slate?: { readonly slateId: string; readonly items: readonly SlateItemAnswer[]; readonly total: number };
  readonly comparison?: {
    readonly itemIds: readonly string[];
    readonly fields: readonly { readonly field: string; readonly label: string; readonly values: readonly string[] }[];
  };
  readonly order?: Readonly<Record<string, unknown>>;
  readonly handover?: { readonly reason: string; readonly told: boolean; readonly contact?: string };
  readonly citations: readonly { readonly place: number; readonly id: string; readonly title: string }[];
  readonly understood: { readonly query: string; readonly filter?: object; readonly unwanted: readonly string[] };
  readonly quickReplies: readonly { readonly label: string; readonly message: string }[];
  readonly degraded: readonly { readonly code: string; readonly detail?: string }[];
}

/** One server-sent event. */
export interface StreamedEvent {
  readonly event: string;
  readonly data: unknown;
}

/** A shopper who talks to a shop over HTTP, one turn after the other, and reads server-sent events. */
export class Conversation {
  #chatId: string | undefined;
  /** Of the latest turn. */
  events: readonly StreamedEvent[] = [];

  constructor(
    private readonly shop: HttpClient,
    private readonly who: Readonly<Record<string, unknown>> = {},
  ) {}

  async say(message: string): Promise<ChatAnswer> {
    const body = { message, ...this.who, ...(this.#chatId !== undefined && { chatId: this.#chatId }) };
    const response = await fetch(`${this.shop.url}/v1/chat`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`chat: ${response.status} ${text}`);
    this.events = eventsIn(text);
    const done = this.events.at(-1);
    if (done?.event !== 'done') throw new Error(`the stream ends with ${JSON.stringify(done)}`);
    const answer = done.data as ChatAnswer;
    this.#chatId = answer.chatId;
    return answer;
  }
}

/** The events of a stream that has ended, as a browser reads them. */
export const eventsIn = (text: string): readonly StreamedEvent[] =>
  text
    .split('\n\n')
    .filter((block) => block !== '')
    .map((block) => {
      const lines = block.split('\n').map((line) => /^(\w+): (.*)$/.exec(line)!);
      const fields = Object.fromEntries(lines.map(([, name, value]) => [name!, value!]));
      return { event: fields['event']!, data: JSON.parse(fields['data']!) as unknown };
    });
