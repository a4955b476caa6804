import { PortError, type Llm, type LlmAsk, type SpendingStore } from '@attune/sdk';
import { LlmDesk, type TenantAtDesk } from '../llm-desk.js';
import type { LlmLimits } from '../llm-limits.js';
import type { LlmRecord } from '../llm-record.js';
import { forgetfulStore } from './forgetful.store.js';
import { HandFedModel } from './hand-fed.model.js';

const LIMITS: LlmLimits = {
  timeoutMs: 60_000,
  concurrency: 4,
  waiting: 8,
  prices: { input: 1, output: 10 },
  cacheEntries: 100,
  cacheMs: 1_000,
  budget: {},
  tenants: new Map(),
  blocked: [],
};

export const USAGE = { input: 10, output: 1 };

/** A clock that stands still between two steps; both of its times are one. */
class StandingClock {
  #time = Date.UTC(2026, 0, 31, 12);
  readonly now = (): number => this.#time;
  readonly monotonic = this.now;

  advance(ms: number): void {
    this.#time += ms;
  }
}

export interface Bench {
  readonly model: HandFedModel;
  readonly desk: LlmDesk;
  readonly clock: StandingClock;
  readonly records: LlmRecord[];
  readonly cached: string[];
  readonly tenant: TenantAtDesk;
  open(tenant?: string, spending?: SpendingStore): Promise<Llm>;
}

const desks: LlmDesk[] = [];
export const closeDesks = (): Promise<unknown> => Promise.all(desks.splice(0).map((desk) => desk.close()));

export function bench(limits: Partial<LlmLimits> = {}, can: { readonly ranks?: boolean } = {}): Bench {
  const model = new HandFedModel(can);
  const clock = new StandingClock();
  const records: LlmRecord[] = [];
  const cached: string[] = [];
  const observer = {
    called: (record: LlmRecord) => void records.push(record),
    cached: (tenant: string, prompt: string) => void cached.push(`${tenant} ${prompt}`),
  };
  const desk = new LlmDesk({ model, limits: { ...LIMITS, ...limits }, clock });
  desks.push(desk);
  const open: Bench['open'] = (tenant = 'default', spending = forgetfulStore()) =>
    desk.of(tenant, { spending, observer }).open('test');
  return { model, desk, clock, records, cached, open, tenant: { spending: forgetfulStore(), observer } };
}

export const ask = (content: string, more: Partial<LlmAsk> = {}): LlmAsk => ({
  prompt: 'test@1',
  messages: [{ role: 'user', content }],
  maxTokens: 10,
  ...more,
});
export const codeOf = async (answer: Promise<unknown>): Promise<unknown> =>
  answer.catch((error: unknown) => (error instanceof PortError ? error.code : error));
export const turns = async (): Promise<void> => {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve));
};
/** Answers the n-th ask once it has been sent. */
export async function answerAsk({ model }: Bench, text: string, nth = 0): Promise<void> {
  await turns();
  model.asks[nth]!.resolve({ text, usage: USAGE });
  await turns();
}
