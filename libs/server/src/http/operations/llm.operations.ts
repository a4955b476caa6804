import { llmCallsAnswerSchema, llmCallsQuerySchema } from '../calls/llm-calls.js';
import type { Operation } from './operation.js';

export const getLlmCalls = {
  id: 'getLlmCalls',
  method: 'get',
  path: '/v1/llm/calls',
  tag: 'models',
  summary: 'What was sent to the language model',
  description:
    'Each call with what it cost and exactly what left the process, personal data removed. Kept for the time that `llm.log` of the configuration says; erasing a user erases his.',
  query: llmCallsQuerySchema,
  example: { limit: '10' },
  answer: {
    status: 200,
    description: 'The newest calls first, and what the day has cost.',
    schema: llmCallsAnswerSchema,
    example: {
      today: { day: '2026-11-21', tokens: 51_200, money: 0.01 },
      calls: [
        {
          id: '0c2f5a52-6f0e-4a3c-9d0e-0d6b7f6a1c11',
          at: '2026-11-21T09:30:00.000Z',
          prompt: 'listwise@1',
          model: 'openai:llm.example/large',
          outcome: 'answered',
          tokens: { input: 412, output: 61 },
          cost: 0.000_1,
          ms: 812,
          userId: '17850',
          sent: [{ role: 'user', content: 'Query: "lunch box"\nNothing is known of the shopper.\nItems:\n[1] "…"' }],
        },
      ],
    },
  },
  errors: [],
} as const satisfies Operation;
