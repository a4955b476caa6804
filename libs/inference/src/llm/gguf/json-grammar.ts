import type { Llama, LlamaGrammar } from './llama-package.js';

/** Keywords that a grammar keeps to, or that narrow a value in a way that whoever parses it checks. */
const KNOWN: ReadonlySet<string> = new Set([
  '$schema',
  ...['title', 'description', 'default', 'type', 'enum', 'const', 'oneOf', 'required', 'properties'],
  ...['additionalProperties', 'items', 'minItems', 'maxItems', 'minLength', 'maxLength'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'pattern'],
]);
const TYPES: ReadonlySet<unknown> = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']);
/** Deeper ones, and more parts, are no schema of a prompt. */
const MAX_DEPTH = 32;
/** A grammar repeats its parts as often as a count says: large counts make huge ones. */
const MAX_COUNT = 1_000;

/** The grammar of a JSON Schema; that of any JSON value where the schema has what a grammar cannot say. */
export async function jsonGrammar(llama: Llama, schema: Readonly<Record<string, unknown>>): Promise<LlamaGrammar> {
  if (!canBeGrammar(schema)) return llama.getGrammarFor('json');
  return llama.createGrammarForJsonSchema(schema).catch(() => llama.getGrammarFor('json'));
}

/** False where the package would take a part for something else: what it does not know, it takes for null. */
export function canBeGrammar(schema: unknown, depth = 0): boolean {
  if (!isRecord(schema) || depth > MAX_DEPTH) return false;
  if (!Object.keys(schema).every((key) => KNOWN.has(key))) return false;
  if (!['minItems', 'maxItems', 'minLength', 'maxLength'].every((key) => Number(schema[key] ?? 0) <= MAX_COUNT)) {
    return false;
  }
  const { type, properties = {}, items, additionalProperties: rest = false, oneOf } = schema;
  if (schema['const'] !== undefined || Array.isArray(schema['enum'])) return true;
  const parts = (values: readonly unknown[]): boolean => values.every((value) => canBeGrammar(value, depth + 1));
  if (oneOf !== undefined) return Array.isArray(oneOf) && parts(oneOf);
  if (Array.isArray(type)) return type.every((one) => TYPES.has(one) && one !== 'object' && one !== 'array');
  if (type === 'object') return isRecord(properties) && parts(Object.values(properties)) && canBeRest(rest, depth);
  return type === 'array' ? items === undefined || parts([items]) : TYPES.has(type);
}

function canBeRest(schema: unknown, depth: number): boolean {
  return typeof schema === 'boolean' || canBeGrammar(schema, depth + 1);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
