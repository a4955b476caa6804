import { inputSchema, rowsOf, tableOf } from './json-schema-rows.mjs';

/** What may stand in the configuration, in a pipeline file and in the environment. */
export function configurationPage({ z, configSchema, pipelineSchema, environmentSchema }) {
  const rows = (type) =>
    rowsOf(inputSchema(z, type)).map(({ name, type: kind, fallback, text }) => [`\`${name}\``, kind, fallback, text]);
  return `# Configuration

<!-- Generated from the schemas in libs/server/src/config and libs/engine/src/pipeline by npm run docs. Do not edit. -->

An unknown member is an error that names file and line.

## Environment

${tableOf(environmentRows(z, environmentSchema), ['Variable', 'Default', 'Values'])}

\`npm start -- --help\` explains each. A server that listens beyond this machine needs \`ATTUNE_API_KEYS\`.

## attune.config.yaml

Paths are relative to the file. The file that comes with Attune is
[config/attune.config.yaml](../../config/attune.config.yaml).

${tableOf(rows(configSchema))}

## Pipeline files

One YAML file a surface in the folder that \`surfaces\` names. [Pipelines](../guides/pipelines.md) explains them.

${tableOf(rows(pipelineSchema))}

## JSON Schema

Of \`attune.config.yaml\`:

\`\`\`json
${JSON.stringify(inputSchema(z, configSchema), null, 2)}
\`\`\`

Of a pipeline file:

\`\`\`json
${JSON.stringify(inputSchema(z, pipelineSchema), null, 2)}
\`\`\`
`;
}

function environmentRows(z, environmentSchema) {
  const { properties } = z.toJSONSchema(environmentSchema, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, member]) => {
    const values = member.enum?.map((value) => `\`${value}\``).join(', ') ?? VALUES[name] ?? 'text';
    const fallback = member.default === undefined || member.default === '' ? '–' : `\`${member.default}\``;
    return [`\`${name}\``, fallback, values];
  });
}

/** What a JSON Schema cannot say of a text. */
const VALUES = {
  PORT: 'a port, 0 to 65535; 0 takes a free one',
  HOST: 'an address to listen on',
  ATTUNE_DATA_DIR: 'a folder, created when missing',
  ATTUNE_CONFIG: 'a file; default the configuration that comes with Attune',
  ATTUNE_API_KEYS:
    '`key`, `key=tenant` or `key=tenant:scope+scope`, separated by commas; keys of at least 16 characters',
  ELASTICSEARCH_URL: 'address of Elasticsearch, for example `http://elastic:password@localhost:9200`; with `REDIS_URL`',
  ELASTICSEARCH_API_KEY: 'a key, instead of a name and a password in `ELASTICSEARCH_URL`',
  REDIS_URL: 'address of Redis, for example `redis://localhost:6379`; with `ELASTICSEARCH_URL`',
  ATTUNE_STORE_PREFIX: '1–31 lower-case letters, digits and underscores',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'address of a collector of traces, for example `http://localhost:4318`',
};
