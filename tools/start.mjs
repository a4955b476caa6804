#!/usr/bin/env node
/** `npm start`: builds what has changed, then becomes the gateway. Arguments go to the gateway (`npm start -- --help`). */
import { becomeProgram } from './build-on-demand.mjs';

await becomeProgram('apps/gateway/dist/main.js');
