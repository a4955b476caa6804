import type { Batch, Call, Host, Kind, Need, Plugin, PortName, ExplainedSlate, Slate, View } from '@attune/sdk';
import type { PluginOrigin } from '../registry.js';
import type { RunningOf } from '../runtime/step.js';
import { IsolateThread } from './isolate-thread.js';
import { packBatch, packExplainedSlate, packSlate, packView } from './wire.js';

export interface IsolateOptions {
  readonly config: unknown;
  readonly hardMs: number;
  readonly ports: Host<PortName>;
  /** Makes a call with time for setting up: what ports are called with where the plugin passes none on. */
  readonly setUpCall: () => Call;
}

/**
 * Sets a plugin up in a thread of its own. A call that overruns `hardMs`, even in a loop that never yields, ends the
 * thread, and another is started. Across threads a filter cannot push down and `allowed` cannot tell: the filters
 * still apply afterwards.
 */
export async function setUpIsolated<K extends Kind>(
  plugin: Plugin<K>,
  origin: PluginOrigin,
  options: IsolateOptions,
): Promise<RunningOf<K>> {
  const start = { module: origin.module, kind: plugin.kind, id: plugin.id, config: options.config };
  const thread = new LastingThread(plugin.id, () => new IsolateThread(start, options.ports, options.setUpCall));
  const facts = await thread.ready;
  const ask = (method: string, args: readonly unknown[], call: Call, hardMs = options.hardMs): Promise<unknown> =>
    thread.ask(method, args, call, hardMs);
  const running = {
    ...facts,
    warmup: (call: Call) => ask('warmup', [], call, call.deadline.remainingMs()),
    dispose: () => thread.end(),
    retrieve: (requests: readonly View<Need>[], limit: number, call: Call) =>
      ask('retrieve', [requests.map((view) => packView(view, plugin)), limit], call),
    async filter(batch: Batch<Need, string>, keep: Uint8Array, call: Call) {
      keep.set((await ask('filter', [packBatch(batch, plugin), keep], call)) as Uint8Array);
    },
    async score(batch: Batch<Need, string>, out: Float32Array, call: Call) {
      out.set((await ask('score', [packBatch(batch, plugin)], call)) as Float32Array);
    },
    rank: (batch: Batch<Need, string>, columns: ReadonlyMap<string, Float32Array>, call: Call) =>
      ask('rank', [packBatch(batch, plugin), columns], call),
    rerank: (slate: Slate<Need, string>, call: Call) => ask('rerank', [packSlate(slate, plugin)], call),
    explain: (slate: ExplainedSlate<Need, string>, call: Call) =>
      ask('explain', [packExplainedSlate(slate, plugin)], call),
  };
  // Every kind's method is there; the engine calls its own kind's only and checks what comes back.
  return running as unknown as RunningOf<K>;
}

/** The thread of one plugin, replaced by another where it ended. */
class LastingThread {
  #thread: IsolateThread;
  #disposed = false;

  constructor(
    private readonly id: string,
    private readonly begin: () => IsolateThread,
  ) {
    this.#thread = begin();
  }

  /** Settles when the plugin is set up. */
  get ready(): IsolateThread['ready'] {
    return this.#thread.ready;
  }

  ask(method: string, args: readonly unknown[], call: Call, hardMs: number): Promise<unknown> {
    if (this.#disposed) return Promise.reject(new Error(`${this.id} was disposed`));
    if (this.#thread.ended) this.#thread = this.begin();
    const asked = this.#thread;
    return asked.call(method, args, call, hardMs).catch((error: unknown) => {
      // Another thread warms up at once, so that the next call finds it ready.
      if (asked.crashed && asked === this.#thread && !this.#disposed) this.#thread = this.begin();
      throw error;
    });
  }

  end(): Promise<void> {
    this.#disposed = true;
    return this.#thread.end();
  }
}
