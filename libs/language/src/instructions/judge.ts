import type { LlmAsk, LlmContinuation } from '@attune/sdk';
import { mendedOrder } from '../mended-order.js';
import { INSTRUCTION_PROMPTS } from './instruction.prompts.js';
import type { InstructionLine } from './instruction.schema.js';

/** What an answer is worth. */
export interface Judged {
  readonly correct: boolean;
  /** Candidates as the answer orders them, from 0: of `next-item` and `ranking`. */
  readonly order?: readonly number[];
}

/** What there is to choose from, of which so many choices are correct. */
export interface Choices {
  readonly of: number;
  readonly correct: number;
}

/** What a model is sent of a line: everything but the answer. Words are asked for without a schema. */
export function askOfLine({
  task,
  messages: [system, user],
  ...line
}: InstructionLine): Pick<LlmAsk, 'messages' | 'maxTokens' | 'schema'> {
  const messages = [system, user];
  const candidates = 'candidates' in line ? line.candidates : [];
  if (task === 'rating' || task === 'purchase')
    return { messages, maxTokens: INSTRUCTION_PROMPTS[task].ask({ history: [], title: '' }).maxTokens };
  const { maxTokens, schema } =
    task === 'explanation'
      ? INSTRUCTION_PROMPTS[task].ask({ history: [], title: '' })
      : INSTRUCTION_PROMPTS[task].ask({ history: [], candidates });
  return { messages, maxTokens, schema };
}

/** The two answers to a line that is answered with a word: a model's log-probabilities say which it finds likelier. */
export function wordsOfLine({
  task,
  messages: [system, user],
}: InstructionLine): readonly LlmContinuation[] | undefined {
  if (task !== 'rating' && task !== 'purchase') return undefined;
  const given = `${system.content}\n\n${user.content}\n\nAnswer:`;
  return [
    { given, then: ' yes' },
    { given, then: ' no' },
  ];
}

/**
 * Judges an answer; undefined where it is none. Of `next-item` the right number is correct, of `ranking` an order whose first
 * was bought, of `explanation` evidence of which each piece bears the reason out; its wording is not judged.
 */
export function judgedLine(line: InstructionLine, text: string): Judged | undefined {
  if (line.task === 'rating' || line.task === 'purchase') {
    const word = wordIn(text);
    return word && { correct: word === line.expected.answer };
  }
  const size = line.candidates.length;
  const exists = (number: number): boolean => Number.isInteger(number) && number >= 1 && number <= size;
  if (line.task === 'next-item') {
    const next = read(() => INSTRUCTION_PROMPTS['next-item'].read(jsonIn(text)).next);
    if (next === undefined || !exists(next)) return undefined;
    return { correct: next === line.expected.next, order: mendedOrder([next], size) };
  }
  if (line.task === 'ranking') {
    const named = read(() => INSTRUCTION_PROMPTS.ranking.read(jsonIn(text)).order)?.filter(exists) ?? [];
    if (named.length === 0) return undefined;
    return { correct: line.expected.bought.includes(named[0]!), order: mendedOrder(named, size) };
  }
  const evidence = read(() => INSTRUCTION_PROMPTS.explanation.read(jsonIn(text)).evidence);
  if (evidence === undefined || evidence.length === 0) return undefined;
  return { correct: evidence.every((one) => line.expected.evidence.includes(one)) };
}

/** Candidates that are wanted in front, from 0; undefined where a line has no order. */
export function wantedOfLine(line: InstructionLine): ReadonlySet<number> | undefined {
  if (line.task === 'next-item') return new Set([line.expected.next - 1]);
  return line.task === 'ranking' ? new Set(line.expected.bought.map((one) => one - 1)) : undefined;
}

/** What chance gets of a line. */
export function choicesOfLine(line: InstructionLine): Choices {
  if (line.task === 'rating' || line.task === 'purchase') return { of: 2, correct: 1 };
  const of = line.candidates.length;
  if (line.task === 'next-item') return { of, correct: 1 };
  const { expected } = line;
  return { of, correct: new Set('bought' in expected ? expected.bought : expected.evidence).size };
}

/** What somebody says who always takes the first on offer: yes, or number 1. */
export function firstChoice({ task }: InstructionLine): string {
  if (task === 'rating' || task === 'purchase') return 'yes';
  return JSON.stringify({ next: 1, order: [1], evidence: [1], reason: '' });
}

/** `yes` or `no`, whatever stands around the first of them; undefined where there is neither, or it is not said at once. */
function wordIn(text: string): 'yes' | 'no' | undefined {
  const word = /^[^\p{L}\p{N}]*(?:answer[^\p{L}\p{N}]*)?(yes|no)(?![\p{L}\p{N}])/iu.exec(text.slice(0, 100))?.[1];
  if (word === undefined) return undefined;
  return word.toLowerCase() === 'yes' ? 'yes' : 'no';
}

/** The JSON of an answer, without what models write around it. */
const jsonIn = (text: string): string => text.slice(Math.max(0, text.indexOf('{')), text.lastIndexOf('}') + 1);

function read<T>(reading: () => T): T | undefined {
  try {
    return reading();
  } catch {
    return undefined;
  }
}
