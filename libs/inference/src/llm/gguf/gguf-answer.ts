import type { LlmMessage } from '@attune/sdk';
import type { ModelAnswer, ModelAsk } from '../language-model.js';
import { feed } from './feed.js';
import { tooLong } from './gguf-likelihoods.js';
import { freeNativeMemory } from './native-memory.js';
import { jsonGrammar } from './json-grammar.js';
import type { Llama, LlamaChat, LlamaHistory, LlamaModel, LlamaSequence } from './llama-package.js';

export interface AnswerParts {
  readonly llama: Llama;
  readonly model: LlamaModel;
  readonly chat: LlamaChat;
  /** The one that `chat` writes to. */
  readonly sequence: LlamaSequence;
  readonly contextTokens: number;
}

/**
 * An answer by the model's own chat template, always the likeliest token. `onPiece` is told text as it comes.
 * @throws ModelError `refused` where prompt and answer do not fit into the context.
 */
export async function answer(
  { llama, model, chat, sequence, contextTokens }: AnswerParts,
  { messages, maxTokens, schema }: ModelAsk,
  onPiece: (text: string) => void,
  signal: AbortSignal,
): Promise<ModelAnswer> {
  const history = historyOf(messages);
  const prompt = chat.chatWrapper.generateContextState({ chatHistory: history }).contextText.tokenize(model.tokenizer);
  if (prompt.length + maxTokens > contextTokens) throw tooLong(prompt.length, contextTokens, maxTokens);
  // Piece by piece here, because the package reads all of a prompt before it looks at the signal.
  await feed(sequence, prompt.slice(0, -1), signal);
  let output = 0;
  const { response } = await chat.generateResponse(history, {
    maxTokens,
    temperature: 0,
    repeatPenalty: false,
    trimWhitespaceSuffix: true,
    signal,
    ...(schema === undefined ? {} : { grammar: await jsonGrammar(llama, schema) }),
    onTextChunk: onPiece,
    onResponseChunk: ({ tokens }) => (output += tokens.length),
  });
  await freeNativeMemory(1);
  return { text: response, usage: { input: prompt.length, output } };
}

/** Ends with the model's turn, which is empty as yet. */
function historyOf(messages: readonly LlmMessage[]): LlamaHistory {
  const history = messages.map(({ role, content }) =>
    role === 'assistant' ? { type: 'model' as const, response: [content] } : { type: role, text: content },
  );
  return [...history, { type: 'model' as const, response: [] }];
}
