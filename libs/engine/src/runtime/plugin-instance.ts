import { createHash } from 'node:crypto';
import {
  type Artifact,
  Breaker,
  type Call,
  type Clock,
  type Host,
  type HostPorts,
  type Kind,
  PortError,
  type PortName,
} from '@attune/sdk';
import type { RegisteredPlugin } from '../registry.js';
import { setUpIsolated } from '../isolate/isolated-plugin.js';
import { RequestDeadline } from './request-deadline.js';
import type { RunningOf, Step } from './step.js';

/** What a plugin is set up with. */
export interface InstanceOptions {
  readonly name: string;
  readonly config: unknown;
  readonly hardMs: number;
  readonly isolated: boolean;
  readonly tenant: string;
  readonly ports: HostPorts;
  readonly clock: Clock;
  /** Artifacts that it follows from without opening them: name and digest. */
  readonly artifacts: readonly (readonly [string, string])[];
}

/**
 * One plugin set up with one configuration for one tenant. Its digest covers everything its answers follow from.
 * Where an artifact it opens is not there yet it waits, and the step abstains visibly.
 */
export class PluginInstance<K extends Kind = Kind> implements Step<K> {
  readonly plugin: Step<K>['plugin'];
  readonly name: string;
  readonly hardMs: number;
  readonly digest: string;
  readonly breaker: Breaker;
  readonly running: RunningOf<K> | undefined;
  readonly waitingFor: Step<K>['waitingFor'];
  /** Artifacts it follows from, opened or waits for: when another of a name is promoted it is set up again. */
  readonly artifacts: ReadonlyMap<string, string>;

  private constructor(made: Step<K> & Pick<PluginInstance<K>, 'artifacts'>) {
    this.plugin = made.plugin;
    this.name = made.name;
    this.hardMs = made.hardMs;
    this.digest = made.digest;
    this.breaker = made.breaker;
    this.running = made.running;
    this.waitingFor = made.waitingFor;
    this.artifacts = made.artifacts;
  }

  /** Sets up and warms up. Throws what the plugin's `setup` throws, but for an artifact that is missing. */
  static async setUp<K extends Kind>(
    { plugin, origin }: RegisteredPlugin<K>,
    options: InstanceOptions,
  ): Promise<PluginInstance<K>> {
    const opened = new Map(options.artifacts);
    const ports = onlyDeclared(plugin.uses, { ...options.ports, ...remembering(options.ports, opened) });
    const make = (running: RunningOf<K> | undefined, waitingFor: Step<K>['waitingFor']): PluginInstance<K> => {
      const digest = digestOf([plugin.kind, plugin.id, plugin.version, options.config, [...opened].sort()]);
      const { name, hardMs } = options;
      return new PluginInstance({
        plugin,
        name,
        hardMs,
        digest,
        breaker: new Breaker(options.clock),
        running,
        waitingFor,
        artifacts: opened,
      });
    };
    let running: RunningOf<K> | undefined;
    try {
      running = options.isolated
        ? await setUpIsolated(plugin, origin, {
            config: options.config,
            hardMs: options.hardMs,
            ports,
            setUpCall: () => warmupCall(options),
          })
        : await plugin.setup(options.config, ports);
      await running.warmup?.(warmupCall(options));
      return make(running, undefined);
    } catch (error) {
      // What was set up before the warm-up failed is let go, thread and all.
      await Promise.resolve(running?.dispose?.()).catch(() => undefined);
      if (error instanceof PortError && (error.code === 'ARTIFACT_MISSING' || error.code === 'LLM_MISSING'))
        return make(undefined, { code: error.code, detail: error.detail });
      throw error;
    }
  }

  /** Lets go of it. Never throws: what a plugin does on its way out is no slate's concern. */
  async dispose(): Promise<void> {
    try {
      await this.running?.dispose?.();
    } catch {
      return;
    }
  }
}

/** The first 16 hex digits of a SHA-256 over plain data. */
export function digestOf(data: unknown): string {
  return createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 16);
}

/** Least privilege: a port that was not named in `uses` is not there. */
function onlyDeclared(uses: readonly PortName[], ports: HostPorts): Host<PortName> {
  return Object.fromEntries(uses.map((name) => [name, ports[name]])) as Partial<HostPorts> as Host<PortName>;
}

/** A name that no artifact can have. */
const LANGUAGE_MODEL = 'language model';

/** Notes which models are opened, artifacts with their digests; one that is missing counts too. */
function remembering(ports: HostPorts, opened: Map<string, string>): Pick<HostPorts, 'artifacts' | 'llm'> {
  const noting = async <T>(name: string, opening: Promise<T>, digest: (model: T) => string): Promise<T> => {
    opened.set(name, 'missing');
    const model = await opening;
    opened.set(name, digest(model));
    return model;
  };
  return {
    artifacts: {
      open: (name: string): Promise<Artifact> => noting(name, ports.artifacts.open(name), ({ digest }) => digest),
    },
    llm: { open: (...asked) => noting(LANGUAGE_MODEL, ports.llm.open(...asked), ({ model }) => model) },
  };
}

const WARMUP_MS = 30_000;

function warmupCall({ tenant, clock }: InstanceOptions): Call {
  return { tenant, deadline: new RequestDeadline(clock, WARMUP_MS), degrade: () => undefined, note: () => undefined };
}
