import { AttuneError, searchAnswerSchema, searchRequestSchema, slateRequestSchema, slateSchema } from '@attune/sdk';
import type { PageViewer, SharedPages } from '@attune/sdk';
import { z } from 'zod';
import type { Forgotten } from '../erase/forgets.js';

const frozen = {
  requestId: z.string(),
  /** The clock the slate was served with, epoch ms. */
  now: z.number(),
  /** Epoch ms. */
  expiresAt: z.number(),
  /** Its places in order, as far as pages reach. */
  ids: z.array(z.string()).readonly(),
  /** Score of each. */
  scores: z.array(z.number()).readonly(),
};

/** A frozen slate as another gateway makes its pages of it: what was asked, what was answered, and the order. */
const sharedSlateSchema = z.discriminatedUnion('call', [
  z.strictObject({ call: z.literal('recommend'), body: slateRequestSchema, answer: slateSchema, ...frozen }),
  z.strictObject({ call: z.literal('search'), body: searchRequestSchema, answer: searchAnswerSchema, ...frozen }),
]);
export type SharedSlate = z.output<typeof sharedSlateSchema>;

/** What the caller of a slate waits for it to be shared: it has its pages here whether or not it is. */
const PATIENCE_MS = 50;

/** The frozen slates of a tenant where all gateways find them; where there is one process only, nothing is shared. */
export class SharedSlates {
  #isFailing = false;

  constructor(
    private readonly pages: SharedPages | undefined,
    private readonly clock: { now(): number },
    private readonly warn: (line: string) => void,
  ) {}

  /** Resolves when it is shared, or that takes too long or fails: of a row of failures the first is told. Never rejects. */
  async put(id: string, slate: SharedSlate, viewer: PageViewer): Promise<void> {
    if (this.pages === undefined) return;
    const lifeMs = slate.expiresAt - this.clock.now();
    const put = this.pages.put(id, { text: JSON.stringify(slate), viewer, lifeMs }).then(
      () => void (this.#isFailing = false),
      (error: unknown) => this.#fail(error),
    );
    await doneWithin(put, PATIENCE_MS);
  }

  /** Undefined where there is none, it has expired, or another version wrote it. Throws STORE_UNAVAILABLE. */
  async get(id: string): Promise<SharedSlate | undefined> {
    const text = await this.pages?.get(id);
    if (text === undefined) return undefined;
    const { data } = sharedSlateSchema.safeParse(JSON.parse(text));
    return data !== undefined && data.expiresAt > this.clock.now() ? data : undefined;
  }

  /** Drops the slates of people who are forgotten; how many there were. Throws STORE_UNAVAILABLE. */
  async forget(who: Forgotten): Promise<number> {
    return (await this.pages?.forget(who)) ?? 0;
  }

  #fail(error: unknown): void {
    if (this.#isFailing) return;
    this.#isFailing = true;
    const reason = error instanceof AttuneError ? error.detail : String(error);
    this.warn(`Pages can be had of the gateway alone that served the first one: ${reason}`);
  }
}

/** Resolves with the promise, or after so many milliseconds. */
async function doneWithin(done: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([done, late]);
  clearTimeout(timer);
}
