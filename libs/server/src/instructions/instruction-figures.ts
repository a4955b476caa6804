import { auc, meanOf, ndcg, percentile, shareOf, type Share } from '@attune/evaluation';
import {
  choicesOfLine,
  firstChoice,
  INSTRUCTION_TASKS,
  type InstructionLine,
  type InstructionTask,
  judgedLine,
  type Judged,
  wantedOfLine,
} from '@attune/language';
import type { AskedLine, AskedLines } from './ask-lines.js';

const CUT = 10;
const MILLION = 1_000_000;

/** Money for a million tokens. */
export interface TokenPrices {
  readonly input: number;
  readonly output: number;
}

/** How good somebody is at a task. */
export interface Skill {
  /** Share of the lines that are answered correctly. */
  readonly accuracy: number;
  /** NDCG@10, of tasks with an order. */
  readonly ndcg: number | undefined;
}

/** Figures of one task. */
export interface InstructionTaskFigures {
  /** Lines that were answered. */
  readonly cases: number;
  /** With its 95 % interval (Wilson); an answer that cannot be used is not correct. */
  readonly accuracy: Share;
  /** NDCG@10, of `next-item` and `ranking`; 0 where the answer cannot be used. */
  readonly ndcg: number | undefined;
  /** By the log-probabilities of " yes" and " no", of `rating` and `purchase`, where the model tells them and both occur. */
  readonly auc: number | undefined;
  /** Share of the answers that cannot be used. */
  readonly unusable: number;
  readonly tokens: { readonly input: number; readonly output: number };
  /** In the currency of the prices. */
  readonly cost: number | undefined;
  readonly latencyMs: { readonly p50: number; readonly p95: number };
  /** What chance gets of the same lines on average, and who takes the first on offer: yes, or number 1. */
  readonly baselines: { readonly random: Skill; readonly first: Skill };
}

/** What became of an evaluation. */
export interface InstructionFigures {
  readonly tasks: Readonly<Partial<Record<InstructionTask, InstructionTaskFigures>>>;
  /** Lines there were to ask, and those that got no answer. */
  readonly lines: number;
  readonly failed: number;
  readonly notes: readonly string[];
}

/** Figures of what was answered, by task. */
export function instructionFigures(
  { answered, failed, withoutLikelihoods }: AskedLines,
  { lines, prices }: { readonly lines: number; readonly prices?: TokenPrices | undefined },
): InstructionFigures {
  const figures = INSTRUCTION_TASKS.flatMap((task) => {
    const own = answered.filter(({ line }) => line.task === task);
    return own.length === 0 ? [] : [[task, taskFigures(own, prices)] as const];
  });
  const notes = withoutLikelihoods === undefined ? [] : [`no AUC: ${withoutLikelihoods}`];
  return { tasks: Object.fromEntries(figures), lines, failed, notes };
}

function taskFigures(asked: readonly AskedLine[], prices: TokenPrices | undefined): InstructionTaskFigures {
  const lines = asked.map(({ line }) => line);
  const tokens = {
    input: asked.reduce((sum, { usage }) => sum + usage.input, 0),
    output: asked.reduce((sum, { usage }) => sum + usage.output, 0),
  };
  const times = asked.map(({ ms }) => ms);
  return {
    cases: asked.length,
    accuracy: shareOf(asked.filter(({ judged }) => judged?.correct === true).length, asked.length),
    ndcg: meanOrNone(asked.map(({ line, judged }) => ndcgOf(line, judged))),
    auc: aucOf(asked),
    unusable: asked.filter(({ judged }) => judged === undefined).length / asked.length,
    tokens,
    cost: prices && (tokens.input * prices.input + tokens.output * prices.output) / MILLION,
    latencyMs: { p50: percentile(times, 0.5), p95: percentile(times, 0.95) },
    baselines: { random: byChance(lines), first: byFirst(lines) },
  };
}

/** Each case counts on its own: of those whose log-probabilities are there. */
function aucOf(asked: readonly AskedLine[]): number | undefined {
  const scores: number[] = [];
  const labels: number[] = [];
  for (const { line, yes } of asked) {
    if (yes === undefined || !('answer' in line.expected)) continue;
    scores.push(yes);
    labels.push(line.expected.answer === 'yes' ? 1 : 0);
  }
  const value = auc(scores, labels);
  return Number.isNaN(value) ? undefined : value;
}

/** Undefined where the task has no order. */
function ndcgOf(line: InstructionLine, judged: Judged | undefined): number | undefined {
  const wanted = wantedOfLine(line);
  return wanted && ndcg(judged?.order ?? [], wanted, CUT);
}

function byChance(lines: readonly InstructionLine[]): Skill {
  const accuracy = meanOf(lines.map(choicesOfLine).map(({ of, correct }) => correct / of));
  return { accuracy, ndcg: meanOrNone(lines.map(chanceNdcg)) };
}

/** The mean over all orders: each place has each candidate equally often. */
function chanceNdcg(line: InstructionLine): number | undefined {
  const wanted = wantedOfLine(line);
  if (wanted === undefined) return undefined;
  const { of } = choicesOfLine(line);
  const rotations = Array.from({ length: of }, (_, by) => Array.from({ length: of }, (_, place) => (place + by) % of));
  return meanOf(rotations.map((order) => ndcg(order, wanted, CUT)));
}

function byFirst(lines: readonly InstructionLine[]): Skill {
  const judgements = lines.map((line) => judgedLine(line, firstChoice(line)));
  return {
    accuracy: judgements.filter((judged) => judged?.correct === true).length / lines.length,
    ndcg: meanOrNone(lines.map((line, i) => ndcgOf(line, judgements[i]))),
  };
}

const meanOrNone = (values: readonly (number | undefined)[]): number | undefined => {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : meanOf(known);
};
