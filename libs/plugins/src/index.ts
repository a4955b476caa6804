import type { Plugin } from '@attune/sdk';
import * as builtIn from './built-in.js';

/** Every plugin that comes with Attune: one line each in `built-in.ts`. */
export const BUILT_IN_PLUGINS: readonly Plugin[] = Object.values(builtIn);
export { boundedList, boundedRecord } from './foreign/bounded.schema.js';
export { isReal, needsItems, type ForeignFeed } from './foreign/feed.schema.js';
export {
  FOREIGN,
  foreignArtifact,
  foreignModelSchema,
  type ForeignDeclaration,
  type ForeignInput,
  type ForeignMeta,
} from './foreign/foreign-model.schema.js';
export { graphInput, repeated } from './foreign/graph-input.js';
