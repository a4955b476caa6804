/** What language models may cost, of one tenant. A limit left out is none. */
export interface LlmBudget {
  /** Tokens of one call, read and written together. */
  readonly tokensPerCall?: number | undefined;
  /** Money of one call, in the currency of the prices. */
  readonly moneyPerCall?: number | undefined;
  /** Tokens of a day in UTC; 0: nothing is asked. */
  readonly tokensPerDay?: number | undefined;
  /** Money of a day in UTC, in the currency of the prices. */
  readonly moneyPerDay?: number | undefined;
}

/** Money for a million tokens. */
export interface LlmPrices {
  readonly input: number;
  readonly output: number;
}

/** What a desk holds to, for all tenants together unless it says otherwise. */
export interface LlmLimits {
  /** Milliseconds of one call with its retries; whoever asks waits only as long as his own time lasts. */
  readonly timeoutMs: number;
  /** Calls at a time; others wait their turn. */
  readonly concurrency: number;
  /** Calls that may wait their turn; further ones are refused. */
  readonly waiting: number;
  readonly requestsPerMinute?: number | undefined;
  readonly tokensPerMinute?: number | undefined;
  readonly prices: LlmPrices;
  /** Answers kept. */
  readonly cacheEntries: number;
  readonly cacheMs: number;
  /** Of each tenant. */
  readonly budget: LlmBudget;
  /** Of tenants that have one of their own. */
  readonly tenants: ReadonlyMap<string, LlmBudget>;
  /** Words and phrases that no text for people may have; whoever asks is handed them. */
  readonly blocked: readonly string[];
}
