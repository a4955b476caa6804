import { DataFileError } from './evaluation.errors.js';
import { readTable } from './table.file.js';

/** What somebody asks for. */
export interface QueryRow {
  readonly id: string;
  readonly text: string;
  /** A word that tells queries apart, where the file has one. */
  readonly kind: string | undefined;
  readonly language: string | undefined;
}

/** Grades of items by query, and how many judgements the files have again. */
export interface Judgements {
  readonly grades: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly repeated: number;
}

/** Characters of a query, as many as a request may have. */
const LONGEST_QUERY = 1000;
/** With gains of 2^grade − 1, more would be millions of times the least. */
const HIGHEST_GRADE = 10;

/** Reads a table with `qid` and `query`, perhaps `kind` and `language`. Queries are cut at 1,000 characters. Throws DataFileError. */
export async function readQueries(files: readonly string[]): Promise<readonly QueryRow[]> {
  const queries = new Map<string, QueryRow>();
  for (const file of files) {
    const columns = { required: ['queryId', 'query'], optional: ['kind', 'language'] } as const;
    await readTable(file, columns, ([id, text, kind, language], line) => {
      if (queries.has(id!))
        throw new DataFileError(`${file}:${line}: a second query '${id}'`, 'Give each query an id of its own.');
      queries.set(id!, {
        id: id!,
        text: text!.slice(0, LONGEST_QUERY),
        kind: kind || undefined,
        language: language || undefined,
      });
    });
  }
  return [...queries.values()];
}

/**
 * Reads a table with `qid`, `item` and `grade`, 0 (not relevant) to 10. A pair may be there again with the same grade.
 * Throws DataFileError, also for a pair of two grades.
 */
export async function readJudgements(files: readonly string[]): Promise<Judgements> {
  const grades = new Map<string, Map<string, number>>();
  let repeated = 0;
  for (const file of files) {
    await readTable(file, { required: ['queryId', 'item', 'grade'] }, ([query, item, text], line) => {
      const grade = Number(text);
      if (!(grade >= 0 && grade <= HIGHEST_GRADE))
        throw new DataFileError(
          `${file}:${line}: '${text}' is no grade`,
          `Give a number from 0, not relevant, to ${HIGHEST_GRADE}.`,
        );
      const known = grades.get(query!) ?? new Map<string, number>();
      grades.set(query!, known);
      const before = known.get(item!);
      if (before !== undefined && before !== grade)
        throw new DataFileError(
          `${file}:${line}: item '${item}' has grades ${before} and ${grade} for query '${query}'`,
          'Keep one of them.',
        );
      if (before !== undefined) repeated += 1;
      known.set(item!, grade);
    });
  }
  return { grades, repeated };
}
