import { z } from 'zod';

/** What is read of the `config.json` of a cross-encoder, as published beside its weights. */
export const pairModelSchema = z.looseObject({
  /** Most tokens of a pair. */
  max_position_embeddings: z.int().min(8).max(8192),
  /** 1: texts are told apart by position alone, as in RoBERTa, whose pairs are joined otherwise. */
  type_vocab_size: z.int().min(2, 'must be 2 or more: only models that read pairs as BERT does are supported'),
  /** One label: the logit of a pair. */
  id2label: z
    .record(z.string(), z.unknown())
    .refine((labels) => Object.keys(labels).length === 1, 'must have one label: the model gives one logit a pair')
    .optional(),
});
