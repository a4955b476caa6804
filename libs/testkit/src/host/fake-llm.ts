import type { JsonValue, Llm, LlmPort } from '@attune/sdk';
import { wordsOf } from '../worlds/hashed-words.js';
import { refuseLate } from './fake-indexes.js';

/** Log-probability of a word that the text before holds, and of any other. */
const [EXPECTED, UNEXPECTED] = [-0.5, -4];

/**
 * A language model that is there and knows nothing: it answers the least that fits the schema (empty lists and texts), or an
 * empty text; words are likely where the text before holds them, and texts relevant by the share of the query's words they hold.
 */
export function fakeLlm(): LlmPort {
  const llm: Llm = {
    model: 'fake',
    blocked: [],
    async answer({ schema }, call) {
      refuseLate(call);
      return schema === undefined ? '' : JSON.stringify(leastOf(schema));
    },
    async likelihood({ continuations }, call) {
      refuseLate(call);
      return Float32Array.from(continuations, ({ given, then }) => {
        const held = new Set(wordsOf(given));
        const words = wordsOf(then);
        const sum = words.reduce((all, word) => all + (held.has(word) ? EXPECTED : UNEXPECTED), 0);
        return words.length === 0 ? 0 : sum / words.length;
      });
    },
    async relevance({ query, texts }, call) {
      refuseLate(call);
      const words = wordsOf(query);
      return Float32Array.from(texts, (text) => {
        const held = new Set(wordsOf(text));
        return words.length === 0 ? 0 : words.filter((word) => held.has(word)).length / words.length;
      });
    },
  };
  return { open: async () => llm };
}

type Schema = Readonly<Record<string, JsonValue>>;

/** The least value that a schema of plain types takes. */
function leastOf({ type, properties, required, enum: values, const: only }: Schema): JsonValue {
  if (only !== undefined) return only;
  if (Array.isArray(values)) return (values as readonly JsonValue[])[0] ?? null;
  if (type === 'array') return [];
  if (type === 'string') return '';
  if (type === 'boolean') return false;
  if (type === 'number' || type === 'integer') return 0;
  if (type !== 'object') return null;
  const parts = (properties ?? {}) as Readonly<Record<string, Schema>>;
  const names = (required ?? []) as readonly string[];
  return Object.fromEntries(names.map((name) => [name, leastOf(parts[name] ?? {})]));
}
