import { z } from 'zod';

/** What `attune.model.json` in a model folder says: how the ONNX file beside it turns text into vectors. */
export const textModelSchema = z
  .strictObject({
    /** Name of the space, e.g. "all-MiniLM-L6-v2". */
    id: z.string().regex(/^[a-zA-Z0-9][\w.-]{0,63}$/, 'must be 1 to 64 letters, digits, ".", "_" or "-"'),
    /** Length of a vector; checked against the model when it is opened. */
    dims: z.int().min(1).max(8192),
    /** `mean` of all token rows, or the `cls` (first) row. */
    pooling: z.enum(['mean', 'cls']),
    /** Scale vectors to length 1. */
    normalize: z.boolean().default(true),
    /** Put before a query; models trained with an instruction need it. */
    queryPrefix: z.string().default(''),
    /** Put before a document. */
    documentPrefix: z.string().default(''),
    /** Longer texts are cut, special tokens included. */
    maxTokens: z.int().min(4).max(8192).default(256),
    /** ONNX file, relative to the folder. */
    file: z.string().regex(/^(?!\/)(?!.*\.\.)[^\\:]+\.onnx$/, 'must be a relative path to an .onnx file, without ".."'),
    /** How vectors of this space are compared. */
    metric: z.enum(['cosine', 'dot', 'euclidean']).default('cosine'),
  })
  .refine((spec) => spec.metric !== 'cosine' || spec.normalize, {
    path: ['normalize'],
    message: 'must be true with metric "cosine"',
  });

export type TextModelSpec = z.infer<typeof textModelSchema>;
