// Graded judgements of searches: TSV files `<name>.queries.tsv` and `<name>.qrels.tsv`.
import { readFileSync } from 'node:fs';

const tsv = (file) =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'));

/** `queries`: [id, text]; `gradesOf(id)`: grade by item. `stem`: path without `.queries.tsv`. */
export function readJudgements(stem) {
  const grades = new Map();
  for (const [qid, product, grade] of tsv(`${stem}.qrels.tsv`)) {
    if (!grades.has(qid)) grades.set(qid, new Map());
    grades.get(qid).set(product, Number(grade));
  }
  return { queries: tsv(`${stem}.queries.tsv`), gradesOf: (qid) => grades.get(qid) ?? new Map() };
}

/** NDCG@10 of ids in order: gain 2^grade − 1, ideal over all judged products. */
export function ndcg(ids, judged) {
  const dcg = (list) => list.reduce((sum, grade, i) => sum + (2 ** grade - 1) / Math.log2(i + 2), 0);
  const ideal = [...judged.values()].sort((a, b) => b - a).slice(0, 10);
  return dcg(ids.slice(0, 10).map((id) => judged.get(id) ?? 0)) / dcg(ideal);
}
