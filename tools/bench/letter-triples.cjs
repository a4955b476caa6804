// An embedder that counts triples of letters: it costs next to nothing, and its vectors have neighbors as a model's have.
const { defineEmbedder } = require('../../libs/sdk');

const DIMS = 256;

exports.letterTriplesEmbedder = defineEmbedder({
  id: 'letter-triples',
  version: '1.0.0',
  setup: () => ({
    space: { id: 'text', dims: DIMS, metric: 'cosine' },
    embed(inputs) {
      const data = new Float32Array(inputs.length * DIMS);
      inputs.forEach(({ value }, row) => count(value, data.subarray(row * DIMS, (row + 1) * DIMS)));
      return { rows: inputs.length, dims: DIMS, data };
    },
  }),
});

function count(text, row) {
  const letters = ` ${text.toLowerCase()} `;
  for (let i = 0; i + 2 < letters.length; i++) {
    const hash = letters.charCodeAt(i) * 961 + letters.charCodeAt(i + 1) * 31 + letters.charCodeAt(i + 2);
    row[hash % DIMS] += 1;
  }
  const length = Math.hypot(...row) || 1;
  row.forEach((value, d) => (row[d] = value / length));
}
