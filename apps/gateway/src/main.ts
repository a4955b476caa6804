import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '@attune/server';

const HELP = `attune: recommendations and personalised search over HTTP

Usage: npm start [-- --help | --version]

Environment:
  PORT             port to listen on, default 3000; 0 takes a free one
  HOST             address to listen on, default 127.0.0.1; another one needs ATTUNE_API_KEYS
  ATTUNE_DATA_DIR  folder of the data, default .attune; with services: a folder that all processes share
  ATTUNE_DEMO      on (default): load the bundled shop into an empty store; off: start empty
  ATTUNE_CONFIG    configuration file, default config/attune.config.yaml
  ATTUNE_API_KEYS  keys, separated by commas; key=tenant gives a key its own tenant, key=tenant:ingest+recommend scopes
  ATTUNE_METRICS_OPEN  on: /metrics needs no key; default off
  ELASTICSEARCH_URL, REDIS_URL  data and jobs are kept there, for many processes (npm run services:up starts both)
  ELASTICSEARCH_API_KEY  instead of a name and a password in ELASTICSEARCH_URL
  ATTUNE_STORE_PREFIX  what names of indices and keys begin with, default attune
  ATTUNE_ROLE      all (default), or gateway: jobs are left to workers (npm run start:worker)
  OTEL_EXPORTER_OTLP_ENDPOINT  collector of traces, for example http://localhost:4318
  ATTUNE_LOG_LEVEL silent, error, warn, info (default; warn on a terminal), debug

Examples:
  npm start
  PORT=8080 ATTUNE_DATA_DIR=/var/lib/attune ATTUNE_DEMO=off npm start
  ELASTICSEARCH_URL=http://localhost:9200 REDIS_URL=redis://localhost:6379 npm run start:gateway
`;

const { version } = JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8')) as { version: string };
void runProgram({ help: HELP, usage: 'npm start --', version });
