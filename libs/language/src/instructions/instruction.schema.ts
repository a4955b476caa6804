import { z } from 'zod';

/**
 * What a language model is taught, and asked: whether somebody likes an item (`rating`), whether he buys it (`purchase`), which
 * of some comes next (`next-item`), in which order they are to stand (`ranking`), why an item suits him (`explanation`).
 */
export const INSTRUCTION_TASKS = ['rating', 'purchase', 'next-item', 'ranking', 'explanation'] as const;
export type InstructionTask = (typeof INSTRUCTION_TASKS)[number];

/** Numbered candidates of a line, at most. */
export const MOST_CANDIDATES = 10;
/** Titles of a history, at most. */
export const MOST_HISTORY = 20;

const MOST_LISTED = 100;
const BEYOND = { message: 'a number is beyond the candidates', path: ['expected'] };
const message = <R extends 'system' | 'user' | 'assistant'>(role: R) =>
  z.strictObject({ role: z.literal(role), content: z.string().min(1).max(100_000) });
const common = {
  split: z.enum(['train', 'held-out']),
  messages: z.tuple([message('system'), message('user'), message('assistant')]),
  at: z.iso.date().describe('Day of what is asked for, UTC.'),
};
const answer = z.strictObject({ answer: z.enum(['yes', 'no']) });
const candidates = z
  .array(z.string().min(1).max(1000))
  .min(1)
  .max(MOST_LISTED)
  .describe('Titles, as they are numbered.');
const number = z.int().min(1).max(MOST_LISTED).describe('From 1.');

const nextItem = z
  .strictObject({ task: z.literal('next-item'), ...common, expected: z.strictObject({ next: number }), candidates })
  .refine(({ expected, candidates: { length } }) => expected.next <= length, BEYOND);
const ranking = z
  .strictObject({
    task: z.literal('ranking'),
    ...common,
    expected: z.strictObject({
      order: z.array(number).min(1).max(MOST_LISTED),
      bought: z.array(number).min(1).max(MOST_LISTED).describe('Those that were bought, in no order.'),
    }),
    candidates,
  })
  .refine(({ expected, candidates: { length } }) => expected.bought.every((one) => one <= length), BEYOND);
const explanation = z
  .strictObject({
    task: z.literal('explanation'),
    ...common,
    expected: z.strictObject({
      reason: z.string().min(1).max(2000),
      evidence: z
        .array(number)
        .min(1)
        .max(MOST_LISTED)
        .describe('Everything of the history that bears the reason out.'),
    }),
    candidates,
  })
  .refine(({ expected, candidates: { length } }) => expected.evidence.every((one) => one <= length), BEYOND);

/** One example: a conversation as services are fine-tuned with, and what is expected of whoever is asked. */
export const instructionLineSchema = z
  .discriminatedUnion('task', [
    z.strictObject({ task: z.literal('rating'), ...common, expected: answer }),
    z.strictObject({ task: z.literal('purchase'), ...common, expected: answer }),
    nextItem,
    ranking,
    explanation,
  ])
  .meta({ id: 'InstructionLine' });
export type InstructionLine = z.output<typeof instructionLineSchema>;
export type InstructionLineOf<T extends InstructionTask> = Extract<InstructionLine, { readonly task: T }>;
