// An embedder that asks a service, which the bench limits for each process that asks.
const { defineEmbedder } = require('../../libs/sdk');

const DIMS = 64;

exports.endpointEmbedder = defineEmbedder({
  id: 'endpoint',
  version: '1.0.0',
  setup: () => ({
    space: { id: 'text', dims: DIMS, metric: 'cosine' },
    async embed(inputs, { deadline: { signal } }) {
      const body = JSON.stringify({ client: process.pid, texts: inputs.map(({ value }) => value) });
      const response = await fetch(process.env.BENCH_ENDPOINT, { method: 'POST', body, signal });
      const data = new Float32Array(await response.arrayBuffer());
      return { rows: inputs.length, dims: DIMS, data };
    },
  }),
});
