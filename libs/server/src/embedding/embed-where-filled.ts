import type { EmbedPort, Space, VectorIndexPort } from '@attune/sdk';

/**
 * Spares the models of further languages: in a space that holds no vector nothing is near anything, so a query there is
 * zeros, and its model need not open for one visitor of another language. The first space is the main model's, which is
 * open in any case.
 */
export function embedWhereFilled(
  embed: EmbedPort,
  spaces: ReadonlyMap<string, Space>,
  index: VectorIndexPort,
): EmbedPort {
  const [, ...empty] = spaces.keys();
  const unseen = new Set(empty);
  return {
    async query(space, text, call) {
      if (unseen.has(space)) {
        const zeros = new Float32Array(spaces.get(space)!.dims);
        const { ids } = await index.knn({ space, vector: zeros, k: 1 }, call);
        if (ids.length === 0) return zeros;
        unseen.delete(space);
      }
      return embed.query(space, text, call);
    },
  };
}
