import type { OnnxTextEncoder } from '@attune/inference';
import type { Call } from '@attune/sdk';
import { queryEmbedder } from './query-embedder.js';

/** A text model of one dimension: the length of the text. It fails for a text it was told to fail for, once. */
function lengths(failOnce?: string): OnnxTextEncoder & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    id: 'lengths',
    digest: 'lengths',
    dims: 1,
    metric: 'dot',
    maxTokens: 8,
    embed(texts) {
      asked.push(...texts);
      if (asked.filter((text) => text === failOnce).length === 1 && texts[0] === failOnce)
        return Promise.reject(new Error('no memory'));
      return Promise.resolve(Float32Array.from(texts, (text) => text.length));
    },
    knows: () => false,
    close: () => Promise.resolve(),
  };
}

const CALL: Call = {
  tenant: 'default',
  deadline: { signal: new AbortController().signal, remainingMs: () => 1_000 },
  degrade: () => undefined,
  note: () => undefined,
};
/** The port, asked always in the same call. */
const embedderOf = (
  encoders: Readonly<Record<string, OnnxTextEncoder>>,
): { query(space: string, text: string): Promise<Float32Array> } => {
  const port = queryEmbedder(new Map(Object.entries(encoders)));
  return { query: (space, text) => port.query(space, text, CALL) };
};

describe('queryEmbedder', () => {
  it('embeds a text once, also while the first answer is awaited, however it is spaced', async () => {
    const encoder = lengths();
    const embed = embedderOf({ text: encoder });
    const [one, same] = await Promise.all([embed.query('text', 'tea mug'), embed.query('text', '  tea \n mug ')]);
    expect([...one!]).toEqual([7]);
    expect(same).toBe(one);
    expect(encoder.asked).toEqual(['tea mug']);
  });

  it('keeps the spaces apart, and refuses one that no embedder fills', async () => {
    const [a, b] = [lengths(), lengths()];
    const embed = embedderOf({ a, b });
    await Promise.all([embed.query('a', 'mug'), embed.query('b', 'mug')]);
    expect([a.asked, b.asked]).toEqual([['mug'], ['mug']]);
    await expect(embed.query('c', 'mug')).rejects.toMatchObject({ code: 'SPACE_UNKNOWN' });
  });

  it('does not remember a failure', async () => {
    const encoder = lengths('mug');
    const embed = embedderOf({ text: encoder });
    await expect(embed.query('text', 'mug')).rejects.toThrow('no memory');
    expect([...(await embed.query('text', 'mug'))]).toEqual([3]);
  });

  it('remembers the 10,000 texts that were asked for last, and no more', async () => {
    const encoder = lengths();
    const embed = embedderOf({ text: encoder });
    for (let i = 0; i < 10_000; i++) await embed.query('text', `q${i}`);
    await embed.query('text', 'q0');
    await embed.query('text', 'one more');
    encoder.asked.length = 0;
    await embed.query('text', 'q0');
    await embed.query('text', 'q2');
    expect(encoder.asked).toEqual([]);
    await embed.query('text', 'q1');
    expect(encoder.asked).toEqual(['q1']);
  });
});
