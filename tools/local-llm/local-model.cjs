const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

/**
 * What tests of a local language model run on: the file that ATTUNE_LLM_FILE names, else one in `models` here or in the shared
 * folder of models. `lacks`: what is missing for it, a phrase each; where there is any, `file` may be undefined.
 */
function localModel() {
  const places = [
    join(__dirname, 'models'),
    join(__dirname, '..', '..', '..', 'shared', 'models', 'SmolLM2-135M-Instruct-gguf'),
  ];
  const found = places
    .filter((place) => existsSync(place))
    .flatMap((place) => readdirSync(place).map((name) => join(place, name)))
    .find((name) => name.endsWith('.gguf'));
  const file = process.env.ATTUNE_LLM_FILE || found;
  const installed = existsSync(join(__dirname, 'node_modules', 'node-llama-cpp'));
  const lacks = [
    ...(file === undefined ? ['a SmolLM2 .gguf file, named by ATTUNE_LLM_FILE or in tools/local-llm/models'] : []),
    ...(installed ? [] : ['node-llama-cpp, by npm run llm:install']),
  ];
  return { file, lacks };
}

module.exports = { localModel };
