const { appendFileSync } = require('node:fs');
const { defineEmbedder } = require('@attune/sdk');

const DIMS = 256;

/**
 * Texts are near each other where they end in the same number. It fails for a text with the word `poison`, and writes a
 * line into the file `ATTUNE_E2E_POISONED` each time.
 */
exports.numberEmbedder = defineEmbedder({
  id: 'numbers',
  version: '1.0.0',
  setup: () => ({
    space: { id: 'text', dims: DIMS, metric: 'cosine' },
    embed(inputs) {
      if (inputs.some(({ value }) => value.includes('poison'))) {
        appendFileSync(process.env.ATTUNE_E2E_POISONED, `${inputs.length}\n`);
        throw new Error('the model cannot read this');
      }
      const data = new Float32Array(inputs.length * DIMS);
      inputs.forEach(({ value }, row) => (data[row * DIMS + (Number(/\d*$/.exec(value)[0]) % DIMS)] = 1));
      return { rows: inputs.length, dims: DIMS, data };
    },
  }),
});
