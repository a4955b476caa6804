import type { EncodedSpace } from '../../platform/encoders.js';

/** A version of a space of two dimensions. */
export const versionOf = (name: string, digest: string): EncodedSpace => ({
  ...{ id: `${name}@${digest}`, name, model: digest, digest, dims: 2, metric: 'dot' },
  admits: () => true,
});
