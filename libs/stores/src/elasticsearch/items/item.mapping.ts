import type { IndexDefinition } from '../ensure-index.js';
import { FILTER_FIELDS } from './filter-token.js';
import type { VectorField } from './vector.field.js';

/**
 * The fields of the items' index. They are these whatever items hold: attributes share one, and what is not named here
 * (`json`, `time`) is kept and not searched.
 */
export function itemDefinition(vectors: readonly VectorField[]): IndexDefinition {
  return {
    version: 2,
    properties: {
      ...Object.fromEntries(FILTER_FIELDS.map((field) => [field, { type: 'keyword' }])),
      words: { type: 'text', analyzer: 'whitespace', index_options: 'freqs' },
      order: { type: 'long', index: false },
      revision: { type: 'integer', index: false },
      textHash: { type: 'keyword' },
      ...Object.fromEntries(vectors.map((field) => [field.name, field.mapping])),
    },
    grown: Object.fromEntries(vectors.flatMap((field) => (field.grown ? [[field.name, field.grown]] : []))),
  };
}
