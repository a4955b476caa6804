import type { GraphPort, GraphSession } from '@attune/sdk';

/** Numbers that both sides of a training's thread see: whether it is to end, and how many graphs run in it. */
const ENDING = 0;
const RUNNING = 1;
const LOOK_EVERY_MS = 5;

export const threadFlags = (): Int32Array => new Int32Array(new SharedArrayBuffer(8));

/** Loads the runtime of this thread. */
type LoadGraphs = () => Promise<GraphPort>;

/**
 * The graphs of a training's thread: loaded when the first is opened, and refused once the thread is to end. To end a
 * thread in the middle of a run would end the process: whoever ends it waits by `whenIdle`.
 */
export function threadGraphs(flags: Int32Array, load: LoadGraphs): GraphPort {
  async function whileRunning<T>(work: () => Promise<T>): Promise<T> {
    Atomics.add(flags, RUNNING, 1);
    try {
      if (Atomics.load(flags, ENDING) === 1) throw new Error('the training is to end');
      return await work();
    } finally {
      Atomics.sub(flags, RUNNING, 1);
    }
  }
  const guarded = (session: GraphSession): GraphSession => ({
    run: (feeds, into) => whileRunning(() => session.run(feeds, into)),
    close: () => session.close(),
  });
  let loading: Promise<GraphPort> | undefined;
  return {
    open: (model) => whileRunning(async () => guarded(await (await (loading ??= load())).open(model))),
  };
}

/** Lets no further graph run in the thread, and resolves once none does, or when `hasEnded`. */
export async function whenIdle(flags: Int32Array, hasEnded: () => boolean): Promise<void> {
  Atomics.store(flags, ENDING, 1);
  while (Atomics.load(flags, RUNNING) > 0 && !hasEnded()) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
