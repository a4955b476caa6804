import { AttuneError } from '@attune/sdk';
import { buildPipeline, type BuildContext, type BuiltPipeline, type InstancePool } from './pipeline/build.js';
import { PipelineError } from './pipeline/finding.js';
import type { Pipeline } from './pipeline/pipeline.js';
import type { PipelineSource } from './pipeline/pipeline.schema.js';
import { provePipelines } from './pipeline/prove.js';
import type { Registry } from './registry.js';
import { Ladder } from './runtime/ladder.js';
import type { PluginInstance } from './runtime/plugin-instance.js';
import type { EngineRequest } from './slate/engine-request.js';
import { candidatesFor, serve } from './slate/serve.js';
import type { FallbackMemory, RankedCandidates, ServeContext, ServedSlate } from './slate/serving.js';

/** The pipelines of one tenant: proves them, serves them, exchanges them while slates are being served. */
export class Engine {
  #surfaces: ReadonlyMap<string, BuiltPipeline> = new Map();
  #sources: readonly PipelineSource[] = [];
  #pool: InstancePool = new Map();
  readonly #calls = new Map<PluginInstance, number>();
  readonly #retired = new Set<PluginInstance>();
  readonly #memory = new Map<string, FallbackMemory>();
  readonly #ladder: Ladder;
  #turn: Promise<void> = Promise.resolve();

  constructor(private readonly context: BuildContext) {
    this.#ladder = new Ladder(context.clock);
  }

  /** Surfaces being served, sorted. */
  get surfaces(): readonly string[] {
    return [...this.#surfaces.keys()].sort();
  }

  /** The pipeline files being served; another list after each exchange. */
  get sources(): readonly PipelineSource[] {
    return this.#sources;
  }

  /** The plugins its pipelines may name. */
  get registry(): Registry {
    return this.context.registry;
  }

  /** Models its plugins follow from, by name: the digest, or `missing` where one waits for it. */
  get models(): ReadonlyMap<string, string> {
    return new Map([...this.#pool.values()].flatMap(({ artifacts }) => [...artifacts]));
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
    await this.#inTurn(() => this.#exchange(sources, new Map(this.#pool)));
  }

  /** Artifacts of these names were promoted: instances that follow from or wait for one are set up again, then swapped. */
  async reload(artifacts: readonly string[]): Promise<void> {
    await this.#inTurn(() => {
      const kept = [...this.#pool].filter(([, instance]) => !artifacts.some((name) => instance.artifacts.has(name)));
      return this.#exchange(
        [...this.#surfaces.values()].map(({ source }) => source),
        new Map(kept),
      );
    });
  }

  /** One batch of requests on one surface. Throws SURFACE_NOT_FOUND; a plugin's miss only degrades. */
  serve(surface: string, requests: readonly EngineRequest[]): Promise<readonly ServedSlate[]> {
    return this.#run(surface, (pipeline, context) => serve(pipeline, requests, context));
  }

  /** What it would rank for one batch of requests, with all columns. Throws SURFACE_NOT_FOUND. */
  candidates(surface: string, requests: readonly EngineRequest[]): Promise<RankedCandidates> {
    return this.#run(surface, (pipeline, context) => candidatesFor(pipeline, requests, context));
  }

  async #run<T>(surface: string, work: (pipeline: Pipeline, context: ServeContext) => Promise<T>): Promise<T> {
    const built = this.#surfaces.get(surface);
    if (built === undefined) {
      throw new AttuneError(
        'SURFACE_NOT_FOUND',
        `no surface '${surface}'; there are ${this.surfaces.join(', ') || 'none yet'}`,
        {
          pointer: '/surface',
        },
      );
    }
    const startedAt = this.context.clock.monotonic();
    this.#count(built, 1);
    try {
      const { tenant, clock, observer } = this.context;
      return await work(built.pipeline, {
        tenant,
        stores: built.stores,
        clock,
        observer,
        shed: this.#ladder.shed(),
        memory: this.#memoryOf(surface),
      });
    } finally {
      this.#count(built, -1);
      this.#ladder.observe(this.context.clock.monotonic() - startedAt, built.pipeline.deadlineMs);
      // Nobody's slate waits for a plugin to tidy up.
      void this.#disposeIdle();
    }
  }

  /** Lets go of every plugin. May be called twice. */
  async close(): Promise<void> {
    await this.#inTurn(async () => {
      for (const instance of this.#pool.values()) this.#retired.add(instance);
      this.#surfaces = new Map();
      this.#pool = new Map();
      await this.#disposeIdle();
    });
  }

  /** One exchange at a time: each builds on what the one before left. */
  #inTurn(change: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(change);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #exchange(sources: readonly PipelineSource[], pool: InstancePool): Promise<void> {
    const context = { ...this.context, ...(await this.context.footing?.()) };
    const findings = provePipelines(sources, context.registry, context.spaces);
    if (findings.length > 0) throw new PipelineError(findings);
    const built: BuiltPipeline[] = [];
    try {
      for (const source of sources) built.push(await buildPipeline(source, pool, context));
    } catch (error) {
      const serving = new Set(this.#pool.values());
      const fresh = [...pool.values()].filter((instance) => !serving.has(instance));
      await Promise.all(fresh.map((instance) => instance.dispose()));
      throw error;
    }
    const used = new Set(built.flatMap(({ instances }) => instances));
    for (const instance of this.#pool.values()) if (!used.has(instance)) this.#retired.add(instance);
    this.#pool = new Map([...pool].filter(([, instance]) => used.has(instance)));
    this.#surfaces = new Map(built.map((one) => [one.source.spec.surface, one]));
    this.#sources = [...sources];
    await this.#disposeIdle();
  }

  /** Slates in flight, an instance; one that has none is not listed. */
  #count({ instances }: BuiltPipeline, by: 1 | -1): void {
    for (const instance of instances) {
      const calls = (this.#calls.get(instance) ?? 0) + by;
      if (calls === 0) this.#calls.delete(instance);
      else this.#calls.set(instance, calls);
    }
  }

  /** Disposes retired instances whose last call has returned. */
  async #disposeIdle(): Promise<void> {
    for (const instance of this.#retired) {
      if (this.#calls.has(instance)) continue;
      this.#retired.delete(instance);
      await instance.dispose();
    }
  }

  #memoryOf(surface: string): FallbackMemory {
    let memory = this.#memory.get(surface);
    if (memory === undefined) this.#memory.set(surface, (memory = { last: undefined }));
    return memory;
  }
}
