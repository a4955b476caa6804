import { PortError, type Clock, type SpendingStore, type Spent } from '@attune/sdk';
import type { TokenUsage } from '../language-model.js';
import type { LlmBudget, LlmPrices } from './llm-limits.js';

const MILLION = 1_000_000;
const NOTHING: Spent = { tokens: 0, money: 0 };

/** What a call costs. */
export const costOf = ({ input, output }: TokenUsage, prices: LlmPrices): number =>
  (input * prices.input + output * prices.output) / MILLION;

/** One tenant's spending, held to its budget. What is under way counts as if it took all that it may. */
export class Spending {
  #day = '';
  /** As the store has it. */
  #known: Promise<Spent> = Promise.resolve(NOTHING);
  /** Spent, and not stored yet. */
  #unwritten: Spent = NOTHING;
  #reserved: Spent = NOTHING;

  constructor(
    private readonly clock: Pick<Clock, 'now'>,
    private readonly store: SpendingStore,
    private readonly options: { readonly budget: LlmBudget; readonly prices: LlmPrices },
  ) {}

  /**
   * Sets aside what a call may take at most, to be settled once. @throws PortError `LLM_BUDGET_SPENT` where the call or the
   * day has not as much.
   */
  async reserve(most: TokenUsage): Promise<(used: TokenUsage) => void> {
    const { budget, prices } = this.options;
    const cost = spentBy(most, prices);
    refuse(cost, { tokens: budget.tokensPerCall, money: budget.moneyPerCall }, 'a call');
    const day = plus(plus(await this.today(), this.#reserved), cost);
    refuse(day, { tokens: budget.tokensPerDay, money: budget.moneyPerDay }, 'a day');
    this.#reserved = plus(this.#reserved, cost);
    return (used) => {
      this.#reserved = minus(this.#reserved, cost);
      this.#write(spentBy(used, prices));
    };
  }

  /** Spent today, by everybody as far as is known. */
  async today(): Promise<Spent> {
    this.#turnDay();
    return plus(await this.#known, this.#unwritten);
  }

  #write(spent: Spent): void {
    this.#turnDay();
    const day = this.#day;
    this.#unwritten = plus(this.#unwritten, spent);
    const added = this.store.add(day, spent);
    added.then(
      () => {
        if (day !== this.#day) return;
        this.#unwritten = minus(this.#unwritten, spent);
        this.#known = added;
      },
      // What cannot be written down stays counted here.
      () => undefined,
    );
  }

  #turnDay(): void {
    const day = new Date(this.clock.now()).toISOString().slice(0, 10);
    if (day === this.#day) return;
    this.#day = day;
    this.#unwritten = NOTHING;
    // A store that cannot be read neither makes the day free nor ends it: what this process spends counts.
    this.#known = this.store.spent(day).catch(() => NOTHING);
  }
}

const spentBy = (usage: TokenUsage, prices: LlmPrices): Spent => ({
  tokens: usage.input + usage.output,
  money: costOf(usage, prices),
});
const minus = (a: Spent, b: Spent): Spent => ({ tokens: a.tokens - b.tokens, money: a.money - b.money });
const plus = (a: Spent, b: Spent): Spent => ({ tokens: a.tokens + b.tokens, money: a.money + b.money });

/** Rounding of sums of small amounts. */
const SLACK = 1e-9;

function refuse(
  cost: Spent,
  limits: { readonly tokens: number | undefined; readonly money: number | undefined },
  of: string,
): void {
  if (limits.tokens !== undefined && cost.tokens > limits.tokens)
    throw new PortError('LLM_BUDGET_SPENT', `${of} may take ${limits.tokens} tokens, this would make ${cost.tokens}`);
  if (limits.money !== undefined && cost.money > limits.money + SLACK)
    throw new PortError('LLM_BUDGET_SPENT', `${of} may cost ${limits.money}, this would make ${cost.money.toFixed(6)}`);
}
