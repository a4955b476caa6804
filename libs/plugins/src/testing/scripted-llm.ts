import type { LlmAsk, LlmLikelihoodAsk, LlmPort, LlmRelevanceAsk } from '@attune/sdk';

export interface Scripts {
  readonly likely?: (ask: LlmLikelihoodAsk) => readonly number[];
  readonly relevant?: (ask: LlmRelevanceAsk) => readonly number[];
  readonly blocked?: readonly string[];
}

/** A language model that answers as it is told and remembers what it was asked. */
export function scripted(
  answer: (ask: LlmAsk) => unknown,
  { likely = () => [], relevant = () => [], blocked = [] }: Scripts = {},
) {
  const asks: LlmAsk[] = [];
  const weighed: LlmLikelihoodAsk[] = [];
  const compared: LlmRelevanceAsk[] = [];
  const opened: unknown[] = [];
  const llm: LlmPort = {
    open: async (...asked) => {
      opened.push(asked);
      return {
        model: 'scripted',
        blocked,
        answer: async (ask) => {
          asks.push(ask);
          const said = answer(ask);
          return typeof said === 'string' ? said : JSON.stringify(said);
        },
        likelihood: async (ask) => {
          weighed.push(ask);
          return Float32Array.from(likely(ask));
        },
        relevance: async (ask) => {
          compared.push(ask);
          return Float32Array.from(relevant(ask));
        },
      };
    },
  };
  return { llm, asks, weighed, compared, opened };
}
export type Scripted = ReturnType<typeof scripted>;
