import type { ArtifactDraft, HostPorts, Kind, PortName, Plugin } from '@attune/sdk';
import { fakeHost } from '../host/fake-host.js';
import { fakeRun, type FakeRun, type FakeRunOptions } from '../host/fake-call.js';
import { checkerboard } from '../worlds/fixture-worlds.js';
import { learnableDataOf } from '../worlds/world-data.js';
import { withSpace, type World } from '../worlds/world.js';
import { snapshot, type ContractOptions, type RunningOf, type TrainerUse } from './check.js';

/** A plugin set up on a host of its own, and the artifacts that host hands out. */
export interface Started<K extends Kind> {
  readonly running: RunningOf<K>;
  readonly drafts: ReadonlyMap<string, ArtifactDraft>;
}

/** Where one plugin is tried: each check sets it up anew, so that no check depends on another. */
export interface Bench<K extends Kind> {
  readonly plugin: Plugin<K>;
  /** As given, before its schema. */
  readonly config: unknown;
  readonly options: ContractOptions;
  readonly world: World;
  readonly tolerance: number;
  readonly settleMs: number;
  /** A training run with the options' graphs. */
  run(options?: FakeRunOptions): FakeRun;
  /** `narrow` may replace the host, for example by one with the declared ports only. */
  start(narrow?: (host: HostPorts) => HostPorts): Promise<Started<K>>;
  /** Sets the plugin up, hands it over and disposes it. */
  using<T>(body: (running: RunningOf<K>) => T | Promise<T>): Promise<T>;
}

export function benchOf<K extends Kind>(plugin: Plugin<K>, config: unknown, options: ContractOptions): Bench<K> {
  const base = options.world ?? checkerboard();
  const world = plugin.itemVectors.reduce((w, space) => (w.spaces.has(space) ? w : withSpace(w, space)), base);
  let trained: Promise<ReadonlyMap<string, ArtifactDraft>> | undefined;
  const bench: Bench<K> = {
    plugin,
    config,
    options,
    world,
    tolerance: options.tolerance ?? 0,
    settleMs: options.settleMs ?? 1000,
    run: (given) => fakeRun({ ...graphsOf(options), ...given }),
    async start(narrow = (host) => host) {
      const drafts = copies(await (trained ??= trainAll(world, options)));
      const host = narrow({ ...fakeHost(world, drafts), ...options.host });
      const running = (await plugin.setup(plugin.config.parse(config), host)) as RunningOf<K>;
      return { running, drafts };
    },
    async using(body) {
      const { running } = await bench.start();
      try {
        return await body(running);
      } finally {
        await running.dispose?.();
      }
    },
  };
  return bench;
}

/** Runs a trainer over a world with all the time it needs. */
export async function trainOn(
  world: World,
  { plugin, config = {} }: TrainerUse,
  host: Partial<HostPorts> = {},
): Promise<ArtifactDraft> {
  const options = plugin.config.parse(config);
  const running = await plugin.setup(options, fakeHost(world) as Pick<HostPorts, PortName>);
  try {
    return await running.fit(
      learnableDataOf(world, plugin, options),
      fakeRun({ ...graphsOf({ host }), remainingMs: 60_000 }),
    );
  } finally {
    await running.dispose?.();
  }
}

const graphsOf = ({ host }: Pick<ContractOptions, 'host'>): FakeRunOptions =>
  host?.graphs === undefined ? {} : { graphs: host.graphs };

/** Every artifact the options name, given or trained. */
export async function trainAll(world: World, options: ContractOptions): Promise<ReadonlyMap<string, ArtifactDraft>> {
  const drafts = new Map(Object.entries(options.artifacts ?? {}));
  for (const [name, trainer] of Object.entries(options.trainers ?? {}))
    drafts.set(name, await trainOn(world, trainer, options.host));
  return drafts;
}

/** A plugin that spoils its weights spoils a copy. */
function copies(drafts: ReadonlyMap<string, ArtifactDraft>): ReadonlyMap<string, ArtifactDraft> {
  return new Map([...drafts].map(([name, draft]) => [name, snapshot(draft) as ArtifactDraft]));
}
