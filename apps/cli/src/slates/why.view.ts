import type { Output } from '../output/output.js';
import { printable } from '../output/printable.js';
import { sentence } from './slate.view.js';

/** As much of the server's answer as is printed. */
export interface WhyAnswer {
  readonly itemId: string;
  readonly shown: boolean;
  readonly stage: string;
  readonly rank?: number;
  readonly of: number;
  readonly by?: string;
  readonly explanation: string;
  readonly wouldHelp: readonly string[];
  readonly score?: number;
  readonly contributions?: Readonly<Record<string, number>>;
  readonly cutoff?: {
    readonly itemId: string;
    readonly score: number;
    readonly contributions: Readonly<Record<string, number>>;
  };
  readonly retrievers: readonly { readonly name: string; readonly proposed: number; readonly position?: number }[];
}

/** Where an item's way to a slate ended, why, and what would have let it in. */
export function whyLines(answer: WhyAnswer, { colors }: Output): readonly string[] {
  const { itemId, shown, stage, rank, of, explanation, wouldHelp } = answer;
  const place = rank === undefined ? '' : `, place ${rank} of ${of}`;
  const verdict = shown ? colors.green(`shown${place}`) : colors.red(`not shown: fell at ${stage}${place}`);
  return [
    `${colors.bold(printable(itemId))}: ${verdict}`,
    sentence(explanation),
    ...proposalLines(answer),
    ...scoreLines(answer),
    ...(wouldHelp.length === 0 ? [] : ['', 'What would help:', ...wouldHelp.map((help) => `  · ${sentence(help)}`)]),
  ];
}

function proposalLines({ retrievers }: WhyAnswer): readonly string[] {
  if (retrievers.length === 0) return [];
  const told = retrievers.map(({ name, position, proposed }) => {
    if (proposed === 0) return `${name}: proposed nothing`;
    return position === undefined ? `${name}: not among its ${proposed}` : `${name}: place ${position} of ${proposed}`;
  });
  return ['', `Proposed by  ${told.join('  ·  ')}`];
}

/** Its score beside that of the last item shown, part by part. */
function scoreLines({ score, contributions = {}, cutoff }: WhyAnswer): readonly string[] {
  if (score === undefined) return [];
  const head = `Score ${score.toFixed(3)}`;
  if (cutoff === undefined) return ['', `${head} = ${sumOf(contributions)}`];
  const last = `the last item shown (${printable(cutoff.itemId)}) has ${cutoff.score.toFixed(3)}`;
  return ['', `${head} = ${sumOf(contributions)}`, `  ${last} = ${sumOf(cutoff.contributions)}`];
}

const sumOf = (contributions: Readonly<Record<string, number>>): string =>
  Object.entries(contributions)
    .filter(([, value]) => value !== 0)
    .map(([name, value]) => `${name} ${value.toFixed(3)}`)
    .join(' + ') || '0';
