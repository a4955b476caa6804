import type { LlmAsk, LlmLikelihoodAsk, LlmPort } from '@attune/sdk';

/** A language model that answers as it is told and remembers what it was asked. */
export function scripted(
  answer: (ask: LlmAsk) => unknown,
  likely: (ask: LlmLikelihoodAsk) => readonly number[] = () => [],
  blocked: readonly string[] = [],
) {
  const asks: LlmAsk[] = [];
  const weighed: LlmLikelihoodAsk[] = [];
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
      };
    },
  };
  return { llm, asks, weighed, opened };
}
export type Scripted = ReturnType<typeof scripted>;
