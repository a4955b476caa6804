import { AttuneError, type Retrieved } from '@attune/sdk';
import { buildPipeline, type BuildContext, type BuiltPipeline, type InstancePool } from './pipeline/build.js';
import type { PipelineSource } from './pipeline/pipeline.schema.js';
import { Ladder } from './runtime/ladder.js';
import type { PluginInstance } from './runtime/plugin-instance.js';
import type { EngineRequest } from './slate/request-context.js';
import { serve } from './slate/serve.js';
import type { ServedSlate } from './slate/serving.js';

/** The pipelines of one tenant: proves them, serves them, exchanges them while slates are being served. */
export class Engine {
  #surfaces: ReadonlyMap<string, BuiltPipeline> = new Map();
  #pool: InstancePool = new Map();
  readonly #calls = new Map<PluginInstance, number>();
  readonly #retired = new Set<PluginInstance>();
  readonly #memory = new Map<string, { last: Retrieved | undefined }>();
  readonly #ladder: Ladder;

  constructor(private readonly context: BuildContext) {
    this.#ladder = new Ladder(context.clock);
  }

  /** Surfaces being served, sorted. */
  get surfaces(): readonly string[] {
    return [...this.#surfaces.keys()].sort();
  }

  /** Rung of the degradation ladder, 0 = everything runs. */
  get rung(): number {
    return this.#ladder.rung;
  }

  /**
   * Proves and warms these pipelines, then serves them instead of the ones before. Throws a PipelineError, and goes on
   * serving the old ones, where any of them does not hold.
   */
  async load(sources: readonly PipelineSource[]): Promise<void> {
    await this.#exchange(sources, new Map(this.#pool));
  }

  /** Artifacts of these names were promoted: instances that opened or wait for one are set up again, then swapped. */
  async reload(artifacts: readonly string[]): Promise<void> {
    const kept = [...this.#pool].filter(([, instance]) => !artifacts.some((name) => instance.artifacts.has(name)));
    await this.#exchange(
      [...this.#surfaces.values()].map(({ source }) => source),
      new Map(kept),
    );
  }

  /** One batch of requests on one surface. Throws SURFACE_NOT_FOUND; a plugin's miss only degrades. */
  async serve(surface: string, requests: readonly EngineRequest[]): Promise<readonly ServedSlate[]> {
    const built = this.#surfaces.get(surface);
    if (built === undefined) {
      throw new AttuneError('SURFACE_NOT_FOUND', `no surface '${surface}'; there are ${this.surfaces.join(', ')}`, {
        pointer: '/surface',
      });
    }
    const startedAt = this.context.clock.monotonic();
    for (const instance of built.instances) this.#calls.set(instance, (this.#calls.get(instance) ?? 0) + 1);
    try {
      const { tenant, stores, clock } = this.context;
      return await serve(built.pipeline, requests, {
        tenant,
        stores,
        clock,
        shed: this.#ladder.shed(),
        memory: this.#memoryOf(surface),
      });
    } finally {
      for (const instance of built.instances) this.#calls.set(instance, this.#calls.get(instance)! - 1);
      this.#ladder.observe(this.context.clock.monotonic() - startedAt, built.pipeline.deadlineMs);
      await this.#disposeIdle();
    }
  }

  /** Lets go of every plugin. May be called twice. */
  async close(): Promise<void> {
    for (const instance of this.#pool.values()) this.#retired.add(instance);
    this.#surfaces = new Map();
    this.#pool = new Map();
    await this.#disposeIdle();
  }

  async #exchange(sources: readonly PipelineSource[], pool: InstancePool): Promise<void> {
    const built: BuiltPipeline[] = [];
    try {
      for (const source of sources) built.push(await buildPipeline(source, pool, this.context));
    } catch (error) {
      const fresh = [...pool.values()].filter((instance) => ![...this.#pool.values()].includes(instance));
      await Promise.all(fresh.map((instance) => instance.dispose()));
      throw error;
    }
    const used = new Set(built.flatMap(({ instances }) => instances));
    for (const instance of this.#pool.values()) if (!used.has(instance)) this.#retired.add(instance);
    this.#pool = new Map([...pool].filter(([, instance]) => used.has(instance)));
    this.#surfaces = new Map(built.map((one) => [one.source.spec.surface, one]));
    await this.#disposeIdle();
  }

  /** Disposes retired instances whose last call has returned. */
  async #disposeIdle(): Promise<void> {
    for (const instance of this.#retired) {
      if ((this.#calls.get(instance) ?? 0) > 0) continue;
      this.#retired.delete(instance);
      this.#calls.delete(instance);
      await instance.dispose();
    }
  }

  #memoryOf(surface: string): { last: Retrieved | undefined } {
    let memory = this.#memory.get(surface);
    if (memory === undefined) this.#memory.set(surface, (memory = { last: undefined }));
    return memory;
  }
}
