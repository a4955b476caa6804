import assert from 'node:assert/strict';
import type { Plugin } from '@attune/sdk';
import { fakeCall } from '../host/fake-call.js';
import type { Aspect, Expectation, World } from '../worlds/world.js';
import { benchOf, type Bench } from './bench.js';
import type { Check, ContractOptions } from './check.js';
import { globalRunner, type Runner } from './contract.js';
import { Inputs } from './inputs.js';

export interface WorldOptions extends Omit<ContractOptions, 'world'> {
  /** What the plugin claims to be good at. Default: whatever the world expects. */
  readonly about?: readonly Aspect[];
  /** Least share of pairs (a better and a worse item) in the right order, 0..1, for each expectation. Default 1. */
  readonly share?: number;
}

type Judged = 'scorer' | 'retriever';

/** One check an expectation of the world: the scorer or retriever puts the better items above the worse. */
export function worldChecks<K extends Judged>(
  plugin: Plugin<K>,
  config: unknown,
  world: World,
  options: WorldOptions = {},
): readonly Check[] {
  const bench = benchOf(plugin as Plugin<Judged>, config, { ...options, world });
  const wanted = world.expectations.filter(({ about }) => options.about?.includes(about) ?? true);
  if (wanted.length === 0) {
    throw new RangeError(
      `world ${world.name} expects nothing about ${String(options.about)}: choose another world or aspect`,
    );
  }
  return wanted.map((expectation) => ({
    name: expectation.name,
    run: () => judge(bench, expectation, options.share ?? 1),
  }));
}

/** Rejects with the first expectation of the world that the plugin does not meet. */
export async function expectWorld<K extends Judged>(
  plugin: Plugin<K>,
  config: unknown,
  world: World,
  options: WorldOptions = {},
): Promise<void> {
  for (const { run } of worldChecks(plugin, config, world, options)) await run();
}

/** The expectations of a world, one test each. */
export function worldContract<K extends Judged>(
  plugin: Plugin<K>,
  config: unknown,
  world: World,
  options: WorldOptions & { readonly runner?: Runner } = {},
): void {
  const { describe, it } = options.runner ?? globalRunner();
  describe(`${plugin.kind} ${plugin.id} in the world '${world.name}'`, () => {
    for (const { name, run } of worldChecks(plugin, config, world, options)) it(name, () => run());
  });
}

async function judge(bench: Bench<Judged>, expectation: Expectation, share: number): Promise<void> {
  const value =
    bench.plugin.kind === 'scorer'
      ? await scoresOf(bench as Bench<'scorer'>, expectation)
      : await positionsOf(bench as Bench<'retriever'>, expectation);
  const slips: string[] = [];
  for (const better of expectation.better) {
    for (const worse of expectation.worse)
      if (!(value(better) > value(worse))) slips.push(`${better} is not above ${worse}`);
  }
  const pairs = expectation.better.length * expectation.worse.length;
  const right = 1 - slips.length / pairs;
  assert.ok(
    right >= share,
    `${expectation.name}: ${slips[0]}; ${right.toFixed(3)} of ${pairs} pairs in order, wanted ${share}`,
  );
}

/** Score of each item, −Infinity where it abstains: an item without an opinion stands below those with one. */
async function scoresOf(bench: Bench<'scorer'>, { ask, better, worse }: Expectation): Promise<(id: string) => number> {
  const ids = [...worse, ...better];
  const batch = new Inputs(bench.world).batch([{ ask, ids }]);
  const out = new Float32Array(ids.length).fill(NaN);
  await bench.using((running) => running.score(batch, out, fakeCall()));
  return (id) => (Number.isNaN(out[ids.indexOf(id)]!) ? -Infinity : out[ids.indexOf(id)]!);
}

/** Minus the position of each proposal, −Infinity where it is not proposed. */
async function positionsOf(bench: Bench<'retriever'>, { ask }: Expectation): Promise<(id: string) => number> {
  const request = new Inputs(bench.world).request(ask);
  const [found] = await bench.using((running) => running.retrieve([request], bench.world.items.length, fakeCall()));
  return (id) => {
    const position = found!.ids.indexOf(id);
    return position < 0 ? -Infinity : -position;
  };
}
