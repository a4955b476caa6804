import { z } from 'zod';
import type { Host, PortName } from '../ports/host-ports.js';
import type { Behaviors, Kind } from './kinds.js';
import { PLUGIN, SDK_MAJOR, type Budget, type Need, type Plugin, type PluginSpec, type Traits } from './plugin.js';

const NO_OPTIONS = z.strictObject({});
type NoOptions = typeof NO_OPTIONS;

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const VERSION = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

/** Milliseconds a plugin of each kind may take unless it says otherwise. */
const HARD_MS: Readonly<Record<Kind, number>> = {
  embedder: 1_000,
  retriever: 40,
  filter: 20,
  scorer: 20,
  ranker: 20,
  reranker: 20,
  explainer: 20,
  trainer: 60_000,
};
const TRAITS: Traits = {
  coldUser: true,
  coldItem: true,
  pure: true,
  maxBatch: 1024,
  memory: 'any',
  tier: 'standard',
  vital: false,
  phrases: false,
};

/**
 * Makes the `define` function of a kind. Options left out take their defaults; the result is frozen and branded.
 * Throws a TypeError that names the fix where id, version or budget are malformed.
 */
export const definerOf =
  <K extends Kind>(kind: K) =>
  <
    S extends z.ZodType = NoOptions,
    const N extends Need = never,
    const P extends PortName = never,
    const V extends string = never,
  >(
    spec: PluginSpec<K, S, N, P, V>,
  ): Plugin<K> => {
    const budget: Budget = { hardMs: HARD_MS[kind], ...spec.budget };
    check(ID.test(spec.id), `${kind} id '${spec.id}' must be kebab-case, for example 'cheap-first'`);
    check(
      VERSION.test(spec.version),
      `${kind} ${spec.id}: version '${spec.version}' must be semantic, for example '1.0.0'`,
    );
    check(budget.hardMs >= 1 && budget.hardMs <= 60_000, `${kind} ${spec.id}: budget.hardMs must lie in 1..60000`);
    return Object.freeze({
      [PLUGIN]: Object.freeze({ sdkMajor: SDK_MAJOR }),
      kind,
      id: spec.id,
      version: spec.version,
      config: spec.config ?? NO_OPTIONS,
      needs: Object.freeze([...(spec.needs ?? [])]),
      uses: Object.freeze([...(spec.uses ?? [])]),
      itemVectors: Object.freeze([...(spec.itemVectors ?? [])]),
      budget: Object.freeze(budget),
      traits: Object.freeze({ ...TRAITS, ...spec.traits }),
      learnsFrom: (config: unknown) => spec.learnsFrom?.(config as z.output<S>) ?? {},
      // The types of config, needs and ports end here: the engine parses the one and hands over exactly the others.
      setup: async (config: unknown, host: Host<PortName>) =>
        (await spec.setup(config as z.output<S>, host as Host<P>)) as unknown as Behaviors<Need, string>[K],
    });
  };

function check(holds: boolean, message: string): void {
  if (!holds) throw new TypeError(message);
}
