/** Something the boot proof found: where, what, and what to do. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly cause: string;
  readonly fix: string;
}

export const sayFinding = ({ file, line, cause, fix }: Finding): string => `${file}:${line}: ${cause}: ${fix}`;

/** The pipelines cannot be served as they are written. One line a finding. */
export class PipelineError extends Error {
  override readonly name = 'PipelineError';
  constructor(readonly findings: readonly Finding[]) {
    super(findings.map(sayFinding).join('\n'));
  }
}

/** The nearest of some words, for "did you mean", if any is near. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const ranked = words
    .map((other) => ({ other, distance: editDistance(word, other) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= Math.max(2, word.length / 3) ? best.other : undefined;
}

/** Levenshtein distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}
