import type { AnswerCache } from './answer.cache.js';

type Value = string | number;

/** Some of the answers that were asked for, and a call that gets them, aligned. */
type AskFor = (places: readonly number[]) => Promise<ArrayLike<Value>>;

/** Answers of one tenant by their keys: those that are kept, and those under way, which all who ask the same wait for. */
export class KeptAnswers {
  readonly #flights = new Map<string, Promise<Value>>();

  constructor(private readonly cache: AnswerCache<Value>) {}

  /** What is kept. */
  known(key: string): Value | undefined {
    return this.cache.get(key);
  }

  /** The answer under way for a key, or one that is started now. It is kept, whoever waits for it. */
  join(key: string, start: () => Promise<Value>): Promise<Value> {
    const under = this.#flights.get(key);
    if (under !== undefined) return under;
    const flight = start()
      .then((value) => {
        this.cache.set(key, value);
        return value;
      })
      .finally(() => this.#flights.delete(key));
    this.#flights.set(key, flight);
    // It goes on when nobody waits for it any more; then nobody is told that it failed.
    flight.catch(() => undefined);
    return flight;
  }

  /**
   * An answer for each key: what is neither kept nor under way is asked for by one call, and each of it kept alone.
   * `areKept`: whether all of them were.
   */
  each(
    keys: readonly string[],
    askFor: AskFor,
  ): { readonly areKept: boolean; readonly values: Promise<readonly Value[]> } {
    const known = keys.map((key) => this.known(key));
    const lacking = new Map<string, number>();
    keys.forEach((key, i) => {
      if (known[i] === undefined && !this.#flights.has(key) && !lacking.has(key)) lacking.set(key, i);
    });
    if (lacking.size > 0) {
      const asked = askFor([...lacking.values()]);
      for (const [i, key] of [...lacking.keys()].entries()) void this.join(key, async () => (await asked)[i]!);
    }
    const values = Promise.all(keys.map(async (key, i) => known[i] ?? (await this.#flights.get(key)!)));
    return { areKept: !known.includes(undefined), values };
  }

  /** How many were kept. */
  clear(): number {
    return this.cache.clear();
  }
}
