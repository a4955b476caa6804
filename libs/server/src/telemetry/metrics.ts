import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { METRIC_TABLE, type MetricName, type MetricRow } from './metric-table.js';

type Labels = Readonly<Record<string, string | number>>;
/** Reads what is only looked at when somebody asks. */
export type Look = (metrics: Metrics) => void | Promise<void>;

/** The metrics of one server, in a registry of its own. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #counters = new Map<MetricName, Counter>();
  readonly #gauges = new Map<MetricName, Gauge>();
  readonly #histograms = new Map<MetricName, Histogram>();
  /** Children by name and label values: looking labels up costs more than counting. */
  readonly #children = new Map<string, { observe(value: number): void; inc(by: number): void }>();
  readonly #looks: Look[] = [];

  constructor() {
    const registers = [this.#registry];
    for (const [key, row] of Object.entries(METRIC_TABLE)) {
      const name = key as MetricName;
      const { kind, help, labels, buckets = [] }: MetricRow = row;
      const options = { name, help, labelNames: [...labels], registers };
      if (kind === 'counter') this.#counters.set(name, new Counter(options));
      else if (kind === 'gauge') this.#gauges.set(name, new Gauge(options));
      else this.#histograms.set(name, new Histogram({ ...options, buckets: [...buckets] }));
    }
  }

  /** Adds what is measured of the process: memory, CPU, event loop, garbage collection. Once a process. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.#registry });
  }

  /** Asked before each answer of `text`. */
  onLook(look: Look): void {
    this.#looks.push(look);
  }

  /** Adds to a counter. `values`: of its labels, in the table's order. */
  count(name: MetricName, values: readonly string[], by = 1): void {
    this.#child(name, values).inc(by);
  }

  /** Adds a time to a histogram. `values`: of its labels, in the table's order. */
  time(name: MetricName, values: readonly string[], ms: number): void {
    this.#child(name, values).observe(ms / 1000);
  }

  /** Puts all values of a gauge instead of those before. */
  set(name: MetricName, rows: readonly { readonly labels: Labels; readonly value: number }[]): void {
    const gauge = this.#gauges.get(name)!;
    gauge.reset();
    for (const { labels, value } of rows) gauge.set(labels, value);
  }

  /** Forgets what was counted so far: the warm-up. */
  reset(): void {
    this.#registry.resetMetrics();
    this.#children.clear();
  }

  /** The exposition format of Prometheus, version 0.0.4. */
  async text(): Promise<string> {
    // What cannot be looked at now, such as a store that does not answer, must not hide the rest.
    await Promise.allSettled(this.#looks.map(async (look) => await look(this)));
    return this.#registry.metrics();
  }

  readonly contentType = this.#registry.contentType;

  #child(name: MetricName, values: readonly string[]): { observe(value: number): void; inc(by: number): void } {
    const key = `${name} ${values.join(' ')}`;
    let child = this.#children.get(key);
    if (child === undefined) this.#children.set(key, (child = this.#make(name, values)));
    return child;
  }

  #make(name: MetricName, values: readonly string[]): { observe(value: number): void; inc(by: number): void } {
    const counter = this.#counters.get(name)?.labels(...values);
    const histogram = this.#histograms.get(name)?.labels(...values);
    return {
      inc: (by) => counter?.inc(by),
      observe: (value) => histogram?.observe(value),
    };
  }
}
