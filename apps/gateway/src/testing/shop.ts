import { AGAIN, until, type EventSent, type EventsReceipt, type HttpAnswer, type HttpClient } from './http.client.js';

export interface ItemSent {
  readonly id: string;
  readonly title: string;
  readonly updatedAt?: string;
}
export interface ItemsReceipt {
  readonly accepted: number;
  readonly stale: number;
  readonly rejectedCount: number;
  readonly jobId?: string;
}

/** A shop as it should be: what was not acknowledged it sends again, with the same ids, to the next gateway. */
export class Shop {
  /** Acknowledged events and items, by id. */
  readonly events = new Map<string, EventSent>();
  readonly items = new Set<string>();
  /** How often something had to be sent again. */
  resent = 0;
  #turn = 0;

  /** @param gateways Asked before each call: they may change. */
  constructor(private readonly gateways: () => readonly HttpClient[]) {}

  /** Resolves once all of them are acknowledged. */
  async send(events: readonly EventSent[]): Promise<EventsReceipt> {
    const receipt = await this.#insist<EventsReceipt>('/v1/events', { events });
    const { accepted, duplicates } = receipt;
    if (accepted + duplicates !== events.length) throw new Error(`events: ${JSON.stringify(receipt)}`);
    for (const event of events) this.events.set(event.id, event);
    return receipt;
  }

  /** Resolves once all of them are acknowledged. */
  async put(items: readonly ItemSent[]): Promise<ItemsReceipt> {
    const receipt = await this.#insist<ItemsReceipt>('/v1/items', { items });
    if (receipt.accepted + receipt.stale !== items.length) throw new Error(`items: ${JSON.stringify(receipt)}`);
    for (const { id } of items) this.items.add(id);
    return receipt;
  }

  async #insist<T>(path: string, body: object): Promise<T> {
    let answer: HttpAnswer<T> | undefined;
    await until(`POST ${path} to be acknowledged`, async () => {
      const gateways = this.gateways();
      answer = await gateways[this.#turn++ % gateways.length]!.call<T>('POST', path, body).catch(goneOrThrow);
      const isTaken = answer !== undefined && !AGAIN.has(answer.status);
      if (!isTaken) this.resent++;
      return isTaken;
    });
    if (answer!.status >= 300) throw new Error(`POST ${path}: ${answer!.status} ${JSON.stringify(answer!.body)}`);
    return answer!.body;
  }
}

/** A broken connection is what a killed server looks like; anything else is a fault of the test. */
export function goneOrThrow(error: unknown): undefined {
  // Not `instanceof`: what `fetch` throws is of another realm than a test's sandbox.
  if (['TypeError', 'SyntaxError'].includes((error as Error).name)) return undefined;
  throw error;
}
