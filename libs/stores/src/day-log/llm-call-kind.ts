import type { LoggedLlmCall } from '@attune/sdk';
import type { RecordKind } from './record-kind.js';

/** Calls of language models, by prompt. */
export const LLM_CALLS: RecordKind<LoggedLlmCall> = {
  what: 'calls of language models',
  names: { id: 'id', group: 'prompt' },
  headerOf: ({ id, prompt }) => ({ id, group: prompt }),
  peopleOf: ({ userId }) => ({ userIds: userId === undefined ? [] : [userId], anonymousIds: [] }),
  charsOf: ({ sent }) => sent.reduce((sum, { content }) => sum + content.length, 0),
};
