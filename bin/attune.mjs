#!/usr/bin/env node
/** `attune`: builds what has changed, then becomes the command line. What a build says goes to stderr: stdout is the result. */
import { becomeProgram } from '../tools/build-on-demand.mjs';

await becomeProgram('apps/cli/dist/main.js', { output: 2 });
