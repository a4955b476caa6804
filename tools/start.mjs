#!/usr/bin/env node
/**
 * `npm start`: builds what has changed, then becomes the gateway; with `gateway` or `worker` as its first argument the
 * process of that role, for many of them on shared services. Other arguments go to the program (`npm start -- --help`).
 */
import { becomeProgram } from './build-on-demand.mjs';

const [role] = process.argv.slice(2);
if (role === 'gateway' || role === 'worker') process.argv.splice(2, 1);
if (role === 'gateway') process.env.ATTUNE_ROLE = role;
await becomeProgram(role === 'worker' ? 'apps/worker/dist/main.js' : 'apps/gateway/dist/main.js');
