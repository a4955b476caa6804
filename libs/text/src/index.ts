export { analyze } from './analyze.js';
export { Bm25Index, type Bm25Options, type IndexedField } from './bm25-index.js';
export { cleanText, type CleanTextOptions } from './clean-text.js';
export { textHash } from './hash.js';
export { type ScoredDocs } from './top-docs.js';
