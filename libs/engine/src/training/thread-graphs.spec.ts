import type { GraphPort } from '@attune/sdk';
import { threadFlags, threadGraphs, whenIdle } from './thread-graphs.js';

const x = Float32Array.of(1);
const never = (): boolean => false;

/** A runtime whose runs end when they are let. */
function slowRuntime(): { readonly port: GraphPort; loads: number; release(): void } {
  const waiting: (() => void)[] = [];
  const run = (): Promise<Readonly<Record<string, Float32Array>>> =>
    new Promise((resolve) => waiting.push(() => resolve({ y: x })));
  const port: GraphPort = { open: () => Promise.resolve({ run, close: () => Promise.resolve() }) };
  return { port, loads: 0, release: () => waiting.forEach((resolve) => resolve()) };
}

describe('threadGraphs', () => {
  it('loads its runtime with the first graph, once', async () => {
    const runtime = slowRuntime();
    const graphs = threadGraphs(threadFlags(), () => Promise.resolve((runtime.loads++, runtime.port)));
    expect(runtime.loads).toBe(0);
    await graphs.open(new Uint8Array(1));
    await graphs.open(new Uint8Array(1));
    expect(runtime.loads).toBe(1);
  });

  it('is idle once the run under way has ended, and runs none afterwards', async () => {
    const runtime = slowRuntime();
    const flags = threadFlags();
    const graphs = threadGraphs(flags, () => Promise.resolve(runtime.port));
    const session = await graphs.open(new Uint8Array(1));
    const running = session.run({ x });
    const seen: string[] = [];
    const idle = whenIdle(flags, never).then(() => seen.push('idle'));
    void running.then(() => seen.push('ran'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(seen).toEqual([]);
    runtime.release();
    await idle;
    expect(seen).toEqual(['ran', 'idle']);
    await expect(session.run({ x })).rejects.toThrow('the training is to end');
    await expect(graphs.open(new Uint8Array(1))).rejects.toThrow('the training is to end');
  });

  it('does not wait for a thread that has ended in the middle of a run', async () => {
    const runtime = slowRuntime();
    const flags = threadFlags();
    const session = await threadGraphs(flags, () => Promise.resolve(runtime.port)).open(new Uint8Array(1));
    const running = session.run({ x });
    await whenIdle(flags, () => true);
    runtime.release();
    await expect(running).resolves.toEqual({ y: x });
  });
});
