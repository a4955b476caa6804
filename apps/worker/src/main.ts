import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '@attune/server';

const HELP = `attune worker: embeds, trains, erases and evaluates for the gateways

Usage: npm run start:worker [-- --help | --version]

Runs as many as there is work for, beside any number of gateways. Answers /health/live, /health/ready and /metrics.
A signal (SIGTERM, Ctrl-C) lets it end what it is at for some seconds; what is not done by then is done by another.

Environment: as for a gateway (npm start -- --help), and
  ELASTICSEARCH_URL, REDIS_URL  needed (npm run services:up starts both)
  PORT             of health and metrics, default 3000; 0 takes a free one
  ATTUNE_DATA_DIR  the folder that gateways and workers share

Examples:
  PORT=3001 ELASTICSEARCH_URL=http://localhost:9200 REDIS_URL=redis://localhost:6379 npm run start:worker
`;

const { version } = JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8')) as { version: string };
void runProgram({ help: HELP, usage: 'npm run start:worker --', version, role: 'worker' });
