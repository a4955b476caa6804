import type { Plugin } from '@attune/sdk';
import * as builtIn from './built-in.js';

/** Every plugin that comes with Attune: one line each in `built-in.ts`. */
export const BUILT_IN_PLUGINS: readonly Plugin[] = Object.values(builtIn);
