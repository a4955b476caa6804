import { defineEmbedder, type EmbedderInput, type VectorBlock } from '@attune/sdk';
import { bulkFrom, openPluginEncoder } from './plugin-encoder.js';

/** Length and role of a text; `answer` may spoil it. */
const lengths = (answer: (block: VectorBlock, inputs: readonly EmbedderInput[]) => VectorBlock = (block) => block) => {
  const disposed: string[] = [];
  const plugin = defineEmbedder({
    id: 'lengths',
    version: '1.0.0',
    setup: () => ({
      space: { id: 'any', dims: 2, metric: 'dot' },
      embed(inputs) {
        const data = Float32Array.from(inputs.flatMap(({ value, role }) => [value.length, role === 'query' ? 1 : 0]));
        return answer({ rows: inputs.length, dims: 2, data }, inputs);
      },
      dispose: () => void disposed.push('once'),
    }),
  });
  return { plugin, disposed };
};

describe('an embedder plugin as a text model', () => {
  it('embeds queries and documents, and is told which is which', async () => {
    const { plugin, disposed } = lengths();
    const encoder = await openPluginEncoder(plugin, {});
    expect(encoder).toMatchObject({ id: 'lengths', dims: 2, metric: 'dot' });
    expect([...(await encoder.embed(['mug', ''], 'query'))]).toEqual([3, 1, 0, 1]);
    expect([...(await encoder.embed(['cup'], 'document'))]).toEqual([3, 0]);
    await encoder.close();
    expect(disposed).toEqual(['once']);
  });

  it('has another digest with other options, so that old vectors are not compared with new ones', async () => {
    const digest = async (options: object): Promise<string> =>
      (await openPluginEncoder(lengths().plugin, options)).digest;
    expect(await digest({ dims: 2 })).toBe(await digest({ dims: 2 }));
    expect(await digest({ dims: 2 })).not.toBe(await digest({ dims: 3 }));
  });

  it('embeds a catalogue piece by piece, tells how far it is, stops when told, and stays open for queries', async () => {
    const pieces: number[] = [];
    const { plugin, disposed } = lengths((block, inputs) => (pieces.push(inputs.length), block));
    const encoder = await openPluginEncoder(plugin, {});
    const bulk = bulkFrom(encoder);
    const texts = Array.from({ length: 70 }, (_, i) => 'x'.repeat(i));
    const seen: number[] = [];
    const vectors = await bulk.embed(texts, { onProgress: (done) => seen.push(done) });
    expect(vectors.filter((_, i) => i % 2 === 0)).toEqual(Float32Array.from(texts, ({ length }) => length));
    expect(pieces.slice(1)).toEqual([32, 32, 6]);
    expect(seen).toEqual([32, 64, 70]);
    await expect(bulk.embed(texts, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
    await bulk.close();
    expect(disposed).toEqual([]);
  });

  it.each<[string, (block: VectorBlock) => VectorBlock, RegExp]>([
    ['a row too many', (block) => ({ ...block, rows: block.rows + 1 }), /must answer 1 x 2 numbers, not 2 x 2/],
    ['NaN', (block) => ({ ...block, data: block.data.fill(NaN) }), /a number that is not finite/],
    ['numbers missing', (block) => ({ ...block, data: block.data.subarray(1) }), /not 1 x 2 \(1\)/],
  ])('is refused when it is opened with %s', async (_, spoil, message) => {
    await expect(openPluginEncoder(lengths(spoil).plugin, {})).rejects.toThrow(message);
  });

  it('is refused with ports', async () => {
    const plugin = defineEmbedder({ id: 'asks', version: '1.0.0', uses: ['counts'], setup: () => ({}) as never });
    await expect(openPluginEncoder(plugin, {})).rejects.toThrow('embedders are handed no ports: drop counts');
  });
});
