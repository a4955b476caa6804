import type { ModelRelevance, TokenUsage } from '../language-model.js';
import type { HttpCalls } from './http-call.js';
import { embeddingSchema, rerankSchema } from './openai.schema.js';
import { readingUsageOf } from './usage.js';

/** Texts of one call of `/embeddings`: what small servers take, and well below the most bytes of an answer. */
const TEXTS_A_CALL = 32;

/** Vectors of texts, and what they cost. */
export interface ModelEmbeddings {
  readonly rows: number;
  /** 0 where there are no rows. */
  readonly dims: number;
  /** As the endpoint gives them, `[rows × dims]`. */
  readonly data: Float32Array;
  readonly usage: TokenUsage;
}

/** Where and what is asked. */
export interface Asked {
  readonly calls: HttpCalls;
  readonly model: string;
  readonly signal: AbortSignal;
}

export async function embed({ calls, model, signal }: Asked, texts: readonly string[]): Promise<ModelEmbeddings> {
  const rows: (readonly number[])[] = [];
  let input = 0;
  for (let first = 0; first < texts.length; first += TEXTS_A_CALL) {
    const part = texts.slice(first, first + TEXTS_A_CALL);
    const body = { model, input: part, encoding_format: 'float' };
    const { data, usage } = await calls.post('/embeddings', body, { schema: embeddingSchema, signal });
    rows.push(
      ...inOrder(data, part.length, (problem) => calls.unusable('/embeddings', problem)).map((row) => row.embedding),
    );
    input += readingUsageOf(usage, part.join('').length).input;
  }
  const dims = rows[0]?.length ?? 0;
  const other = rows.find((row) => row.length !== dims);
  if (other !== undefined)
    throw calls.unusable('/embeddings', `its vectors have ${dims} and ${other.length} dimensions`);
  const data = new Float32Array(rows.length * dims);
  rows.forEach((row, i) => data.set(row, i * dims));
  // As floats: a number that a double holds may be too large for them.
  if (!data.every(Number.isFinite)) throw calls.unusable('/embeddings', 'its vectors hold numbers that are not finite');
  return { rows: rows.length, dims, data, usage: { input, output: 0 } };
}

/** Each text is read with the query. */
export async function rerank(asked: Asked, query: string, texts: readonly string[]): Promise<ModelRelevance> {
  if (texts.length === 0) return { scores: new Float32Array(0), usage: { input: 0, output: 0 } };
  const { calls, model, signal } = asked;
  const body = { model, query, documents: texts, top_n: texts.length };
  const { results, usage } = await calls.post('/rerank', body, { schema: rerankSchema, signal });
  const rows = inOrder(results, texts.length, (problem) => calls.unusable('/rerank', problem));
  const scores = Float32Array.from(rows, (row) => row.relevance_score);
  if (!scores.every(Number.isFinite)) throw calls.unusable('/rerank', 'its scores hold numbers that are not finite');
  return { scores, usage: readingUsageOf(usage, texts.join('').length + texts.length * query.length) };
}

/** Rows by their index, each exactly once. */
function inOrder<T extends { readonly index: number }>(
  rows: readonly T[],
  count: number,
  unusable: (problem: string) => Error,
): readonly T[] {
  if (rows.length !== count) throw unusable(`it answers ${rows.length} rows for ${count} texts`);
  const ordered = new Map(rows.map((row) => [row.index, row]));
  return Array.from({ length: count }, (_, index) => {
    const row = ordered.get(index);
    if (row === undefined) throw unusable(`row ${index} is missing, or another comes twice`);
    return row;
  });
}
