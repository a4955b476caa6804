export { mendedOrder } from './mended-order.js';
export { withoutPersonalData } from './personal-data.js';
export { historyLikelihoodPrompt, queryLikelihoodPrompt, type LikelihoodPrompt } from './prompts/likelihood.prompt.js';
export { listwisePrompt, type ListwiseData } from './prompts/listwise.prompt.js';
export { definePrompt, type Prompt, type PromptSpec } from './prompts/prompt.js';
export { numbered, quoted } from './prompts/quoted.js';
