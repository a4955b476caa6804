import type { GraphPort } from '@attune/sdk';

export interface SeenFeed {
  readonly type: string;
  readonly values: readonly number[];
  readonly shape: readonly number[];
}

/** Graphs whose outputs follow from sums over their inputs, and what they were fed. */
export interface SummingGraphs extends GraphPort {
  readonly runs: Readonly<Record<string, SeenFeed>>[];
  open(model: Uint8Array): ReturnType<GraphPort['open']>;
  /** Sessions that are open. */
  openCount: number;
}

/**
 * `score` [rows] is the sum of a row over all inputs, each number times its place from 1; an input of one row counts for
 * all. `user` [dims] has its cosine, its sine, the cosine of twice it, … of the same sum.
 */
export function summingGraphs(dims = 2): SummingGraphs {
  const graphs: SummingGraphs = {
    runs: [],
    openCount: 0,
    async open() {
      graphs.openCount += 1;
      return {
        async run(feeds) {
          const seen = Object.fromEntries(
            Object.entries(feeds).map(([name, feed]) => {
              if (!('shape' in feed)) throw new TypeError(`${name} comes without its shape`);
              const values = Array.from(feed.values as Iterable<number | bigint>, Number);
              return [name, { type: feed.values.constructor.name, values, shape: feed.shape }];
            }),
          );
          graphs.runs.push(seen);
          const sums = sumsOf(Object.values(seen));
          const user = Float32Array.from({ length: dims }, (_, d) =>
            d % 2 === 0 ? Math.cos((d + 1) * sums[0]!) : Math.sin(d * sums[0]!),
          );
          return { score: Float32Array.from(sums), user };
        },
        close: async () => void (graphs.openCount -= 1),
      };
    },
  };
  return graphs;
}

function sumsOf(feeds: readonly SeenFeed[]): readonly number[] {
  const rows = Math.max(...feeds.map(({ shape }) => shape[0]!));
  return Array.from({ length: rows }, (_, row) =>
    feeds.reduce((sum, { values, shape: [own = 1] }) => {
      const width = values.length / own;
      const start = own === 1 ? 0 : row * width;
      return sum + values.slice(start, start + width).reduce((part, value, at) => part + value * (at + 1), 0);
    }, 0),
  );
}
