import { PortError, type EmbedPort } from '@attune/sdk';
import { cleanText } from '@attune/text';
import type { OnnxTextEncoder } from '@attune/inference';

const CACHED_QUERIES = 10_000;

/** Query texts to vectors: one model a space, the latest 10,000 texts remembered. */
export function queryEmbedder(encoders: ReadonlyMap<string, Pick<OnnxTextEncoder, 'embed'>>): EmbedPort {
  const cache = new Map<string, Promise<Float32Array>>();
  return {
    query(space, text) {
      const encoder = encoders.get(space);
      if (encoder === undefined)
        return Promise.reject(new PortError('SPACE_UNKNOWN', `no embedder fills space '${space}'`));
      const clean = cleanText(text);
      const key = `${space}\n${clean}`;
      const known = cache.get(key);
      cache.delete(key);
      const vector = known ?? encoder.embed([clean], 'query');
      cache.set(key, vector);
      if (known === undefined) vector.catch(() => cache.delete(key));
      if (cache.size > CACHED_QUERIES) cache.delete(cache.keys().next().value!);
      return vector;
    },
  };
}
