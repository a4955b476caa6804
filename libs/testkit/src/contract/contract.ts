import type { Kind, Plugin } from '@attune/sdk';
import { benchOf, type Bench } from './bench.js';
import type { Check, ContractOptions } from './check.js';
import { commonChecks } from './every-kind.checks.js';
import { embedderChecks } from './embedder.checks.js';
import { explainerChecks } from './explainer.checks.js';
import { filterChecks } from './filter.checks.js';
import { rankerChecks } from './ranker.checks.js';
import { rerankerChecks } from './reranker.checks.js';
import { retrieverChecks } from './retriever.checks.js';
import { scorerChecks } from './scorer.checks.js';
import { trainerChecks } from './trainer.checks.js';

type Suites = { readonly [K in Kind]: (bench: Bench<K>) => readonly Check[] };

const SUITES: Suites = {
  embedder: embedderChecks,
  retriever: retrieverChecks,
  filter: filterChecks,
  scorer: scorerChecks,
  ranker: rankerChecks,
  reranker: rerankerChecks,
  explainer: explainerChecks,
  trainer: trainerChecks,
};

/** Every check a plugin must pass, as data: run them in any way. Names are those of `CHECKS`. */
export function checksOf<K extends Kind>(
  plugin: Plugin<K>,
  config: unknown = {},
  options: ContractOptions = {},
): readonly Check[] {
  const bench = benchOf(plugin, config, options);
  return [...commonChecks(bench), ...SUITES[plugin.kind](bench)];
}

/** Names of the checks a plugin fails, in order; empty for a good one. */
export async function failuresOf<K extends Kind>(
  plugin: Plugin<K>,
  config: unknown = {},
  options: ContractOptions = {},
): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const { name, run } of checksOf(plugin, config, options)) {
    try {
      await run();
    } catch {
      failed.push(name);
    }
  }
  return failed;
}

/** The two functions of a test runner that `contract` uses. */
export interface Runner {
  describe(name: string, body: () => void): unknown;
  it(name: string, body: () => Promise<void>): unknown;
}

/**
 * The contract of a plugin's kind, one test a check: the one line of a plugin's spec.
 * Runs in any runner with global `describe` and `it`; others pass theirs as `runner`.
 */
export function contract<K extends Kind>(
  plugin: Plugin<K>,
  config: unknown = {},
  options: ContractOptions & { readonly runner?: Runner } = {},
): void {
  const { describe, it } = options.runner ?? globalRunner();
  describe(`${plugin.kind} ${plugin.id} keeps its contract`, () => {
    for (const check of checksOf(plugin, config, options)) it(check.name, () => check.run());
  });
}

export function globalRunner(): Runner {
  const { describe, it } = globalThis as Partial<Runner>;
  if (describe === undefined || it === undefined) {
    throw new Error(
      "no global describe and it: run inside jest, or pass { runner: { describe, it } } from 'node:test' or 'vitest'",
    );
  }
  return { describe, it };
}
