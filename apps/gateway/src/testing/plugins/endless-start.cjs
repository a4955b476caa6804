const { defineEmbedder } = require('@attune/sdk');

/** Waits for what never comes, with nothing that would keep the process alive. */
exports.endless = defineEmbedder({
  id: 'endless',
  version: '1.0.0',
  setup: () => new Promise(() => undefined),
});
