import { randomUUID } from 'node:crypto';
import type { LlmObserver } from '@attune/inference';
import type { LlmLog } from '@attune/sdk';

/** Writes down what was sent. */
export const logCalls = (log: LlmLog): LlmObserver => ({
  called({ prompt, model, at, ms, usage, cost, outcome, userId, sent }) {
    const call = {
      id: randomUUID(),
      at: new Date(at).toISOString(),
      prompt,
      model,
      outcome,
      tokens: usage,
      cost,
      ms,
      sent,
    };
    log.record({ ...call, ...(userId !== undefined && { userId }) });
  },
  cached: () => undefined,
});
