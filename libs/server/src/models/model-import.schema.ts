import { boundedList, boundedRecord, foreignModelSchema } from '@attune/plugins';
import { idSchema } from '@attune/sdk';
import { z } from 'zod';
import { MAX_FILE_BYTES, MAX_RECORDED } from './limits.js';

/** Characters of base64 that many bytes take. */
const MAX_BASE64 = Math.ceil(MAX_FILE_BYTES / 3) * 4;
const file = z.base64().min(1).max(MAX_BASE64, `is larger than ${MAX_FILE_BYTES} bytes`);

/** Numbers as nested lists, as NumPy's `tolist` gives them: one to three dimensions. */
export type RecordedTensor = readonly number[] | readonly (readonly number[])[] | readonly (readonly number[][])[];

/** By hand, up to the first fault: a list of millions that all are wrong would be as many issues. */
const isTensor = (value: unknown): value is RecordedTensor => Array.isArray(value) && countOf(value, 3) <= MAX_RECORDED;

/** Numbers in lists that are at most `depth` deep; Infinity where there is anything else, or there are too many. */
function countOf(list: readonly unknown[], depth: number): number {
  let count = 0;
  for (const one of list) {
    if (typeof one === 'number') count += 1;
    else count += Array.isArray(one) && depth > 1 ? 1 + countOf(one, depth - 1) : Infinity;
    if (count > MAX_RECORDED) return Infinity;
  }
  return count;
}
const tensorSchema = z
  .custom<RecordedTensor>(isTensor, `must be numbers in lists, one to three deep, at most ${MAX_RECORDED} in all`)
  .meta({ type: 'array', description: 'Numbers as nested lists, one to three deep, at most 1,000,000 in all.' });

/** Inputs or outputs of a recorded run, by name. */
const recordedSchema = boundedRecord(tensorSchema, 1000);

/** A run of the model where it was made. */
const exampleSchema = z.strictObject({ inputs: recordedSchema, outputs: recordedSchema });
export type RecordedExample = z.output<typeof exampleSchema>;

/** A model made elsewhere, with everything that is needed to use it. */
export const modelImportSchema = z.strictObject({
  declaration: foreignModelSchema,
  onnx: file.describe('The ONNX file, at most 32 MiB.'),
  items: boundedList(idSchema, 2_000_000).optional().describe('Item ids by row, from `firstRow` on.'),
  vectors: file.optional().describe('Vectors of the items, a .npy file of float32 [items, dims], at most 32 MiB.'),
  examples: boundedList(exampleSchema, 100)
    .optional()
    .describe('Recorded inputs and outputs: the import is refused where the model gives others.'),
});
export type ModelImport = z.output<typeof modelImportSchema>;

/** What became of an import. */
export const importedModelSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(['scorer', 'user-encoder']),
  digest: z.string(),
  inputs: z.array(z.string()),
  items: z.int().min(0),
  dims: z.int().min(0).describe('Dimensions of the item vectors; 0 for a scorer.'),
  examples: z.int().min(0).describe('Recorded examples that the model repeated.'),
});
export type ImportedModel = z.output<typeof importedModelSchema>;
