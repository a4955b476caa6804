import { z } from 'zod';
import { boundedRecord } from './bounded.schema.js';
import { feedSchema, isOfCandidate, row, type ForeignFeed } from './feed.schema.js';

const inputs = boundedRecord(feedSchema, 1000, z.string().min(1).max(200));
const parts = {
  inputs: inputs.describe('What is fed to each input of the graph, by its name.'),
  firstRow: row.default(0).describe('Row of the first item id: 1 where row 0 is the padding.'),
  coldUser: z
    .enum(['abstain', 'pad'])
    .default('abstain')
    .describe('Where the history has no known item: no opinion, or a history of padding.'),
  tolerance: z.number().positive().max(1).default(1e-4).describe('Largest difference from recorded outputs.'),
};

/** How a foreign model is fed, and what its outputs are: the declaration beside its ONNX file. */
export const foreignModelSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('scorer'),
      ...parts,
      score: z
        .strictObject({ output: z.string().min(1), column: z.int().min(0).default(0) })
        .describe('Output [candidates] or [candidates, columns] with the score, and its column.'),
    }),
    z.strictObject({
      kind: z.literal('user-encoder'),
      ...parts,
      user: z
        .strictObject({ output: z.string().min(1) })
        .describe("Output [1, dims] or [dims] with the user's vector."),
      vectors: z
        .strictObject({ output: z.string().min(1) })
        .optional()
        .describe('Output [items, dims] with the vectors of all items, where they do not come in a file.'),
      metric: z.enum(['dot', 'cosine']).default('dot').describe('How a user is compared with items.'),
    }),
  ])
  .superRefine((model, context) => {
    for (const [name, feed] of Object.entries(model.inputs)) {
      const wrong = refusalOf(model.kind, feed);
      if (wrong !== undefined) context.addIssue({ code: 'custom', path: ['inputs', name], message: wrong });
    }
  });
export type ForeignDeclaration = z.output<typeof foreignModelSchema>;

function refusalOf(kind: ForeignDeclaration['kind'], feed: ForeignFeed): string | undefined {
  const ofCandidate = isOfCandidate(feed);
  if (kind === 'user-encoder' && ofCandidate) return 'says something of a candidate, and a user encoder sees none';
  return ofCandidate && 'once' in feed && feed.once ? 'is of each candidate: it cannot be fed once' : undefined;
}

/** An input as the graph declares it. */
export const foreignInputSchema = z.strictObject({
  name: z.string(),
  type: z.enum(['float32', 'int32', 'int64']),
  rank: z.union([z.literal(1), z.literal(2)]),
});
export type ForeignInput = z.output<typeof foreignInputSchema>;

/** What the artifact of a foreign model says of it, in its `meta`. */
export const foreignMetaSchema = z.strictObject({
  declaration: foreignModelSchema,
  inputs: z.array(foreignInputSchema),
  /** Dimensions of item vectors; 0 where there are none. */
  dims: z.int().min(0),
});
export type ForeignMeta = z.output<typeof foreignMetaSchema>;

/** Name of the artifact of a foreign model: no trainer's, and a step never finds a model of another kind under it. */
export const foreignArtifact = (kind: ForeignDeclaration['kind'], name: string): string => `foreign:${kind}:${name}`;

/** Names of the parts of such an artifact. */
export const FOREIGN = { graph: 'graph', vectors: 'vectors', items: 'items' } as const;
