import { z } from 'zod';
import { IMPORT_LIMIT_BYTES } from '../../models/limits.js';
import { importedModelSchema, modelImportSchema } from '../../models/model-import.schema.js';
import type { Operation } from './operation.js';

export const modelNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be kebab-case, such as two-tower')
  .max(100);

/** Cheap first: the score is minus the price. */
const example = {
  declaration: {
    kind: 'scorer',
    inputs: { price: { feed: 'number', of: 'item', path: 'price.amount' } },
    score: { output: 'score' },
  },
  onnx: 'CAgSADpWChMKBXByaWNlEgVzY29yZSIDTmVnEgtjaGVhcC1maXJzdFoYCgVwcmljZRIPCg0IARIJCgcSBWl0ZW1zYhgKBXNjb3JlEg8KDQgBEgkKBxIFaXRlbXNCBAoAEBE=',
};

export const putModel = {
  id: 'putModel',
  method: 'put',
  path: '/v1/models/{name}',
  tag: 'models',
  summary: 'Import a model made elsewhere, as an ONNX file',
  description:
    'The model is proved first: its inputs are fitted to the declaration, it is run on made-up inputs and on the recorded examples. Then it is stored under its digest, and pipelines whose steps `onnx` or `onnx-user-encoder` name it use it at once. A body may have 128 MiB.',
  params: { name: 'cheap-first' },
  body: modelImportSchema,
  bodyLimitBytes: IMPORT_LIMIT_BYTES,
  example,
  answer: {
    status: 200,
    description: 'The model as it is stored.',
    schema: importedModelSchema,
    example: {
      ...{ name: 'cheap-first', kind: 'scorer', digest: '9f2c1d04a7be53c6', inputs: ['price'] },
      ...{ items: 0, dims: 0, examples: 0 },
    },
  },
  errors: ['MODEL_UNUSABLE', 'NOT_DURABLE'],
} as const satisfies Operation;
