import { DataFileError } from '../formats/evaluation.errors.js';
import { isJson, readItems, type SearchItem } from '../formats/items.file.js';
import { readJudgements, readQueries, type Judgements, type QueryRow } from '../formats/judgements.file.js';
import { layoutOf } from '../formats/table.file.js';

/** A query with at least one relevant item. */
export interface JudgedQuery extends QueryRow {
  /** Grades by row of an item, 0 and more; items without one count as 0. */
  readonly grades: ReadonlyMap<number, number>;
}

/** Items to search, and queries that were judged. */
export interface SearchTask {
  readonly items: readonly SearchItem[];
  readonly queries: readonly JudgedQuery[];
  /** Judgements of these queries. */
  readonly judgements: number;
  /** What was left out. */
  readonly notes: readonly string[];
}

/** Share of judgements that may be of items which are not there: more, and the files do not belong together. */
const MOST_UNKNOWN = 0.1;

/**
 * Search over graded judgements: each query is asked of all items. Files are told apart by their columns. What cannot be
 * judged is left out with a note. Throws DataFileError.
 */
export async function openSearch(files: readonly string[]): Promise<SearchTask> {
  const byKind = await filesByKind(files);
  const queries = await readQueries(byKind.queries);
  const { grades, repeated } = await readJudgements(byKind.judgements);
  const { items, repeated: repeatedItems } = await readItems(byKind.items);
  const rows = new Map(items.map(({ id }, row) => [id, row]));
  const unknown = unknownItems(grades, rows);
  assertFew(unknown, grades, files);
  const judged = queries.map((query) => withGrades(query, grades, rows));
  const kept = judged.filter(isRelevant);
  if (kept.length === 0)
    throw new DataFileError(
      `${files.join(', ')}: no query has a relevant item`,
      'Give judgements with grades above 0, under the ids of the queries.',
    );
  const silent = judged.filter((query) => query.grades.size === 0).length;
  const ids = new Set(queries.map(({ id }) => id));
  return {
    items,
    queries: kept,
    judgements: kept.reduce((sum, query) => sum + query.grades.size, 0),
    notes: toldCounts({
      'queries without a judgement are left out': silent,
      'queries without a relevant item are left out': judged.length - kept.length - silent,
      'judged queries that are not there are left out': [...grades.keys()].filter((id) => !ids.has(id)).length,
      'judgements of items that are not there are left out': unknown,
      'judgements are there again': repeated,
      'items are there again, and the last of each is searched': repeatedItems,
    }),
  };
}

const toldCounts = (counts: Readonly<Record<string, number>>): readonly string[] =>
  Object.entries(counts).flatMap(([what, count]) => (count > 0 ? [`${what}: ${count}`] : []));

function assertFew(unknown: number, grades: Judgements['grades'], files: readonly string[]): void {
  const all = [...grades.values()].reduce((sum, ofQuery) => sum + ofQuery.size, 0);
  if (unknown > MOST_UNKNOWN * all)
    throw new DataFileError(
      `${files.join(', ')}: ${unknown} of ${all} judgements are of items that are not there`,
      'Give the items that were judged.',
    );
}

function withGrades(query: QueryRow, grades: Judgements['grades'], rows: ReadonlyMap<string, number>): JudgedQuery {
  const known = [...(grades.get(query.id) ?? [])].flatMap(([item, grade]) => {
    const row = rows.get(item);
    return row === undefined ? [] : [[row, grade] as const];
  });
  return { ...query, grades: new Map(known) };
}

const isRelevant = ({ grades }: JudgedQuery): boolean => [...grades.values()].some((grade) => grade > 0);

const unknownItems = (grades: Judgements['grades'], rows: ReadonlyMap<string, number>): number =>
  [...grades.values()].flatMap((ofQuery) => [...ofQuery.keys()]).filter((item) => !rows.has(item)).length;

const KINDS = {
  queries: "queries: a table with columns 'qid' and 'query'",
  judgements: "judgements: a table with columns 'qid', 'item' and 'grade'",
  items: "items: a table with columns 'id' and 'title', or JSON lines",
} as const;
type FileKind = keyof typeof KINDS;

async function filesByKind(files: readonly string[]): Promise<Readonly<Record<FileKind, readonly string[]>>> {
  const kinds = await Promise.all(files.map(kindOf));
  const ofKind = (kind: FileKind): readonly string[] => {
    const found = files.filter((_, i) => kinds[i] === kind);
    if (found.length > 0) return found;
    throw new DataFileError(`${files.join(', ')}: there are no ${kind}`, `Give ${KINDS[kind]}.`);
  };
  return { queries: ofKind('queries'), judgements: ofKind('judgements'), items: ofKind('items') };
}

async function kindOf(file: string): Promise<FileKind> {
  if (await isJson(file)) return 'items';
  const places = (await layoutOf(file))?.places;
  if (places?.has('grade')) return 'judgements';
  if (places?.has('queryId')) return 'queries';
  if (places?.has('title')) return 'items';
  throw new DataFileError(
    `${file} has neither queries nor judgements nor items`,
    `Give ${Object.values(KINDS).join('; ')}.`,
  );
}
