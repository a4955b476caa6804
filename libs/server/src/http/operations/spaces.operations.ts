import { z } from 'zod';
import { spacesSchema } from '../../spaces/list-spaces.js';
import type { Operation } from './operation.js';

const version = {
  id: 'text@9f2c1d04a7be',
  model: 'all-MiniLM-L6-v2',
  digest: '9f2c1d04a7be53c6',
  ...{ dims: 384, metric: 'cosine', inUse: true, missing: 0 },
};

export const getSpaces = {
  id: 'getSpaces',
  method: 'get',
  path: '/v1/spaces',
  tag: 'spaces',
  summary: 'Spaces of vectors, their versions, and how far each is filled',
  description:
    'A version is a model of `embedders` and the vectors it made. `embed` jobs fill those in use, `backfill` jobs the others, beside them.',
  answer: {
    status: 200,
    description: 'The spaces; the versions of each as configured.',
    schema: spacesSchema,
    example: { items: 3941, spaces: [{ space: 'text', versions: [version] }] },
  },
  errors: [],
} as const satisfies Operation;

export const useSpaceVersion = {
  id: 'useSpaceVersion',
  method: 'put',
  path: '/v1/spaces/{space}',
  tag: 'spaces',
  summary: 'Put a version of a space into use',
  description:
    'Every process serves with it within seconds; requests under way end with the version they began with. The one before stays filled, so that putting it back is as quick. `compare` jobs say beforehand what would change.',
  params: { space: 'text' },
  body: z.strictObject({ version: z.string().min(1).max(200).describe('Its `id`.') }),
  example: { version: version.id },
  answer: {
    status: 200,
    description: 'The spaces as they are now.',
    schema: spacesSchema,
    example: { items: 3941, spaces: [{ space: 'text', versions: [version] }] },
  },
  errors: ['SPACE_NOT_FOUND', 'SPACE_NOT_FILLED', 'NOT_DURABLE'],
} as const satisfies Operation;
