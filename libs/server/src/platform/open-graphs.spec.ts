import type { GraphPort } from '@attune/sdk';
import { OpenGraphs } from './open-graphs.js';

function counting(): { readonly runtime: GraphPort; open: number } {
  const counted = { open: 0, runtime: { open } };
  async function open(model: Uint8Array): ReturnType<GraphPort['open']> {
    if (model.length === 0) throw new Error('no model');
    counted.open += 1;
    return { run: async () => ({ y: Float32Array.of(model.length) }), close: async () => void (counted.open -= 1) };
  }
  return counted;
}
const model = Uint8Array.of(1, 2);

describe('OpenGraphs', () => {
  it('runs what is open, closes a graph once, and the rest at the end', async () => {
    const counted = counting();
    const graphs = new OpenGraphs(counted.runtime);
    const [first, second] = [await graphs.open(model), await graphs.open(model)];
    expect(await first.run({})).toEqual({ y: Float32Array.of(2) });
    await first.close();
    await first.close();
    expect(counted.open).toBe(1);
    await expect(first.run({})).rejects.toThrow('the graph is closed');
    await graphs.close();
    expect(counted.open).toBe(0);
    await expect(second.run({})).rejects.toThrow('the graph is closed');
  });

  it('opens 64 at most, and again once one is closed; what does not open takes no place', async () => {
    const graphs = new OpenGraphs(counting().runtime);
    await expect(graphs.open(new Uint8Array())).rejects.toThrow('no model');
    const open = await Promise.all(Array.from({ length: 64 }, () => graphs.open(model)));
    await expect(graphs.open(model)).rejects.toThrow('64 graphs are open');
    await open[0]!.close();
    await expect(graphs.open(model)).resolves.toBeDefined();
  });
});
