import { jsonOf } from '@attune/language';
import type { JsonValue } from '@attune/sdk';
import { z } from 'zod';
import { ModelError } from '../language-model.js';

type Schema = Readonly<Record<string, JsonValue>>;

const tests = new WeakMap<Schema, z.ZodType>();

/**
 * The JSON of an answer, without what models write around it (code fences, a word before).
 * @throws ModelError `unusable` where there is none that fits the schema.
 */
export function fittingAnswer(text: string, schema: Schema): string {
  const from = text.search(/[[{]/);
  const to = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'));
  const value = from < 0 || to < from ? undefined : jsonOf(text.slice(from, to + 1));
  if (value === undefined) throw new ModelError('unusable', 'the answer is no JSON');
  let test = tests.get(schema);
  if (test === undefined)
    tests.set(schema, (test = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0])));
  const result = test.safeParse(value);
  if (result.success) return JSON.stringify(value);
  const [issue] = result.error.issues;
  throw new ModelError('unusable', `the answer does not fit: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
}
