import type { CountsPort, DocumentsPort } from '@attune/sdk';
import { DAY_MS } from '../counts/days.js';
import { FeatureTally } from './feature-tally.js';
import { featuresOf } from './item-features.js';

/** Rates move slowly: those of a week serve it. */
const PERIOD_MS = 7 * DAY_MS;
/** Periods kept: the present, and a year asked for again. */
const KEPT = 60;
/** Items looked at: rates need no more, and reading a large catalogue takes long. */
const MOST_ITEMS = 5_000;

export interface BaseRatePorts {
  readonly counts: CountsPort;
  readonly documents: DocumentsPort;
}

/** What everybody took up before a moment, by feature: what a person's own choices are held against. */
export class BaseRates {
  readonly #byPeriod = new Map<number, Promise<FeatureTally>>();

  constructor(
    private readonly ports: BaseRatePorts,
    private readonly types: readonly string[],
  ) {}

  /** As of the beginning of the week, so that a replay finds the same. Empty before the first event. */
  before(now: number): Promise<FeatureTally> {
    const period = Math.floor(now / PERIOD_MS);
    let rates = this.#byPeriod.get(period);
    if (rates === undefined) {
      rates = this.#tally(period * PERIOD_MS);
      this.#byPeriod.set(period, rates);
      rates.catch(() => this.#byPeriod.delete(period));
      if (this.#byPeriod.size > KEPT) this.#byPeriod.delete(this.#byPeriod.keys().next().value!);
    }
    return rates;
  }

  async #tally(to: number): Promise<FeatureTally> {
    const { vocabulary, byRow } = await this.ports.counts.window({ types: this.types, from: -Infinity, to });
    const rows = [...byRow.keys()].filter((row) => byRow[row]! > 0);
    const step = Math.max(1, Math.ceil(rows.length / MOST_ITEMS));
    const sampled = rows.filter((_, i) => i % step === 0);
    const items = await this.ports.documents.get(sampled.map((row) => vocabulary.id(row)));
    const tally = new FeatureTally();
    items.forEach((item, i) => item && tally.add(featuresOf(item), byRow[sampled[i]!]!));
    return tally;
  }
}
