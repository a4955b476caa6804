import { onnxGraphRuntime } from '@attune/inference';
import type { GraphPort, GraphSession } from '@attune/sdk';

/** More than any set of pipelines needs: plugins that never close theirs are stopped here, before memory is. */
const MAX_OPEN = 64;

/** The graphs that plugins of this process opened, on one thread each: at most 64 at a time. */
export class OpenGraphs implements GraphPort {
  readonly #open = new Set<GraphSession>();
  #opening = 0;

  constructor(private readonly runtime: GraphPort = onnxGraphRuntime({ threads: 1 })) {}

  async open(model: Uint8Array): Promise<GraphSession> {
    if (this.#open.size + this.#opening >= MAX_OPEN)
      throw new RangeError(`${MAX_OPEN} graphs are open, which is the most: close those not in use (dispose)`);
    this.#opening += 1;
    try {
      return this.#kept(await this.runtime.open(model));
    } finally {
      this.#opening -= 1;
    }
  }

  #kept(session: GraphSession): GraphSession {
    const own: GraphSession = {
      run: (feeds, into) =>
        this.#open.has(own) ? session.run(feeds, into) : Promise.reject(new Error('the graph is closed')),
      close: async () => {
        if (this.#open.delete(own)) await session.close();
      },
    };
    this.#open.add(own);
    return own;
  }

  /** Closes those that are still open. */
  async close(): Promise<void> {
    await Promise.allSettled(Array.from(this.#open, (session) => session.close()));
  }
}

/** For platforms that run none. */
export const NO_GRAPHS: GraphPort = { open: () => Promise.reject(new Error('no graph can be run here')) };
