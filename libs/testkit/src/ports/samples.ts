import type { Call, Item, LoggedLlmCall, LoggedSlate, StoredEvent } from '@attune/sdk';

/** A moment from which the contracts count, epoch milliseconds. */
export const START = Date.UTC(2026, 0, 1);
export const MINUTE = 60_000;

/** An event `minute` minutes after `START`. */
export function eventAt(minute: number, event: Partial<StoredEvent> & { readonly id: string }): StoredEvent {
  const who = event.userId === undefined && event.anonymousId === undefined ? { userId: 'ann' } : {};
  return { type: 'view', ...who, at: new Date(START + minute * MINUTE).toISOString(), ...event };
}

export function itemOf(id: string, item: Partial<Item> = {}): Item {
  return { id, title: `Title of ${id}`, ...item };
}

/** A slate of two items shown at `START`. */
export function slateOf(slateId: string, slate: Partial<LoggedSlate> = {}): LoggedSlate {
  return {
    slateId,
    at: new Date(START).toISOString(),
    surface: 'home',
    request: { surface: 'home', limit: 2 },
    digest: 'pipeline-1',
    items: ['a', 'b'],
    scores: [0.5, 0.25],
    propensities: [1, 1],
    total: 12,
    sampled: [],
    degraded: [],
    ...slate,
  };
}

/** A call of a language model that was answered, sent at `START`. */
export function llmCallOf(id: string, call: Partial<LoggedLlmCall> = {}): LoggedLlmCall {
  return {
    id,
    at: new Date(START).toISOString(),
    prompt: 'listwise@1',
    model: 'model-1',
    outcome: 'answered',
    tokens: { input: 120, output: 8 },
    cost: 0.00025,
    ms: 40,
    sent: [{ role: 'user', content: 'Which of these?' }],
    ...call,
  };
}

/** A call with time enough. */
export function calmCall(tenant = 'default'): Call {
  const deadline = { signal: new AbortController().signal, remainingMs: () => 10_000 };
  return { tenant, deadline, degrade: () => undefined, note: () => undefined };
}
