import { tableOf } from './json-schema-rows.mjs';

/** Every metric of ours, as the server's table lists them. */
export function metricsPage({ METRIC_TABLE }) {
  const rows = Object.entries(METRIC_TABLE).map(([name, { kind, labels, help }]) => [
    `\`${name}\``,
    kind,
    labels.map((label) => `\`${label}\``).join(', '),
    help,
  ]);
  const [{ buckets }] = Object.values(METRIC_TABLE).filter(({ kind }) => kind === 'histogram');
  return `# Metrics

<!-- Generated from libs/server/src/telemetry/metric-table.ts by npm run docs. Do not edit. -->

\`GET /metrics\` answers in the text format of Prometheus; see [operating](../guides/operating.md#metrics) for access and
queries. No label comes from a caller, so that their number is bounded by configuration. Histograms have buckets up to
${buckets.join(', ')} seconds.

${tableOf(rows, ['Metric', 'Kind', 'Labels', 'What it is'])}

Besides these there are the metrics of the process: \`process_*\` (CPU, memory, files) and \`nodejs_*\` (event loop delay,
heap, garbage collection).
`;
}
