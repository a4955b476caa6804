import type { Call, Columns, EmbedderInput, Kind } from '@attune/sdk';
import { seeded } from '../worlds/seeded.js';
import { learnableDataOf } from '../worlds/world-data.js';
import { textOf } from '../worlds/world.js';
import type { Bench } from './bench.js';
import { snapshot, type RunningOf } from './check.js';
import { contractParts, Inputs } from './inputs.js';

/** One question to a plugin: its inputs, made anew, and how to ask it. */
export interface Exercise<K extends Kind> {
  /** Compared before and after. */
  readonly given: unknown;
  /** A copy of the answer. */
  ask(running: RunningOf<K>, call: Call): Promise<unknown>;
}

type Exercises = { readonly [K in Kind]: (bench: Bench<K>, inputs: Inputs) => Exercise<K> };

const EXERCISES: Exercises = {
  embedder: (bench) => {
    const given = embedderInputs(bench);
    return { given, ask: async (running, call) => snapshot(await running.embed(given, call)) };
  },
  retriever: ({ world }, inputs) => {
    const given = contractParts(world).map((part) => inputs.request(part.ask));
    return { given, ask: async (running, call) => snapshot(await running.retrieve(given, 10, call)) };
  },
  filter: ({ world }, inputs) => {
    const given = inputs.batch(contractParts(world));
    return {
      given,
      ask: async (running, call) => {
        const keep = new Uint8Array(given.candidates.size).fill(1);
        await running.filter(given, keep, call);
        return [keep, given.requests.map((request) => snapshot(running.pushdown?.(request)))];
      },
    };
  },
  scorer: ({ world }, inputs) => {
    const given = inputs.batch(contractParts(world));
    return {
      given,
      ask: async (running, call) => {
        const out = new Float32Array(given.candidates.size).fill(NaN);
        await running.score(given, out, call);
        return out;
      },
    };
  },
  ranker: (bench, inputs) => {
    const given = inputs.batch(contractParts(bench.world));
    return {
      given,
      ask: async (running, call) => {
        const columns = columnsFor(columnNames(bench, running), given.candidates.size);
        for (const [name, column] of columns) inputs.loans.lend(`column ${name}`, column);
        return snapshot(await running.rank(given, columns, call));
      },
    };
  },
  reranker: ({ world }, inputs) => {
    const given = contractParts(world).map((part) => inputs.slate(part));
    return {
      given,
      ask: (running, call) => inTurn(given, async (slate) => snapshot(await running.rerank(slate, call))),
    };
  },
  explainer: ({ world }, inputs) => {
    const given = contractParts(world).map((part) => inputs.slate(part));
    return {
      given,
      ask: (running, call) => inTurn(given, async (slate) => snapshot(await running.explain(slate, call))),
    };
  },
  trainer: ({ plugin, config, world, run }) => {
    const given = learnableDataOf(world, plugin, plugin.config.parse(config));
    return { given, ask: async (running, { deadline }) => snapshot(await running.fit(given, run({ deadline }))) };
  },
};

export function exerciseOf<K extends Kind>(bench: Bench<K>, inputs: Inputs = new Inputs(bench.world)): Exercise<K> {
  return EXERCISES[bench.plugin.kind](bench, inputs);
}

/** Columns a ranker is given: what the options name, else what it reads, else three of our own. */
export function columnNames(bench: Bench<'ranker'>, running: RunningOf<'ranker'>): readonly string[] {
  const reads = bench.options.columns ?? running.reads ?? [];
  return reads.length > 0 ? reads : ['a', 'b', 'c'];
}

/** Seeded columns in −1..3, one in five abstaining; row 0 abstains in none. */
export function columnsFor(names: readonly string[], size: number): Columns & Map<string, Float32Array> {
  return new Map(
    names.map((name) => {
      const chance = seeded(`column ${name}`);
      const column = Float32Array.from({ length: size }, (_, i) => {
        const value = chance() * 4 - 1;
        return chance() < 0.2 && i > 0 ? NaN : value;
      });
      return [name, column];
    }),
  );
}

/** What an embedder is asked: the options' inputs, else texts of the world, some as queries. */
export function embedderInputs({ options, world }: Bench<'embedder'>): readonly EmbedderInput[] {
  const texts = world.items.slice(0, 6).map(textOf);
  return (
    options.inputs ??
    [...texts, 'a', texts.join(' ')].map(
      (value, i) => ({ modality: 'text', role: i % 3 === 2 ? 'query' : 'document', value }) as const,
    )
  );
}

async function inTurn<A, B>(all: readonly A[], one: (a: A) => Promise<B>): Promise<readonly B[]> {
  const answers: B[] = [];
  for (const a of all) answers.push(await one(a));
  return answers;
}
