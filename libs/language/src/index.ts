export { instructionItem, type InstructionItem } from './instructions/instruction-item.js';
export {
  instructionLines,
  type InstructionOptions,
  type MadeLine,
  type PlannedLines,
} from './instructions/instruction-lines.js';
export {
  INSTRUCTION_TASKS,
  instructionLineSchema,
  type InstructionLine,
  type InstructionTask,
} from './instructions/instruction.schema.js';
export {
  askOfLine,
  choicesOfLine,
  firstChoice,
  judgedLine,
  wantedOfLine,
  wordsOfLine,
  type Judged,
} from './instructions/judge.js';
export { type InstructionLog } from './instructions/shop-log.js';
export { jsonOf } from './json-of.js';
export { mendedOrder } from './mended-order.js';
export { OFFER_CHARS, OFFER_KINDS, type OfferKind, type OfferSaid, type OfferWords } from './offers/offer-words.js';
export { saysProtected } from './protected-words.js';
export { blankedPersonalData, withoutPersonalData } from './personal-data.js';
export { chatReadingPrompt, type ChatReading } from './prompts/chat-reading.prompt.js';
export { chatReplyPrompt } from './prompts/chat-reply.prompt.js';
export { descriptionPrompt, type DescriptionAnswer, type DescriptionData } from './prompts/description.prompt.js';
export { enrichmentPrompt, type EnrichmentData } from './prompts/enrichment.prompt.js';
export { historyLikelihoodPrompt, queryLikelihoodPrompt, type LikelihoodPrompt } from './prompts/likelihood.prompt.js';
export { listwisePrompt, type ListwiseData } from './prompts/listwise.prompt.js';
export { offerPrompt, type OfferAnswer, type OfferPromptData } from './prompts/offer.prompt.js';
export { definePrompt, type Prompt, type PromptSpec } from './prompts/prompt.js';
export { queryRewritePrompt, type QueryRewrite, type QueryRewriteData } from './prompts/query-rewrite.prompt.js';
export { numbered, quoted } from './prompts/quoted.js';
export { reasonsPrompts, type ReasonsAnswer, type ReasonsData, type ReasonTold } from './prompts/reasons.prompt.js';
export {
  DESCRIPTION_CHARS,
  TONES,
  WRITTEN_LANGUAGES,
  type DescriptionLength,
  type DescriptionStyle,
  type Tone,
  type WrittenLanguage,
} from './writing/description.style.js';
