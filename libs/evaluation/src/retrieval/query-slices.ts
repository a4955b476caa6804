import { surfaceWords } from '@attune/text';
import type { SearchTask } from './search.task.js';

/** Some of the queries, which are told apart. */
export interface QuerySlice {
  readonly name: string;
  /** Places in the task's queries. */
  readonly queries: readonly number[];
}

/** From so many words on, queries are told together. */
const MOST_WORDS = 4;

/** Queries by their number of words, and by `kind` and `language` where the file has them. One that all are in is left out. */
export function querySlices({ queries }: SearchTask): readonly QuerySlice[] {
  const by = (nameOf: (at: number) => string | undefined): readonly QuerySlice[] => {
    const names = [...queries.keys()].map(nameOf);
    const all = [...new Set(names)].filter((name) => name !== undefined).sort();
    return all.map((name) => ({ name, queries: [...names.keys()].filter((at) => names[at] === name) }));
  };
  return [
    ...by((at) => wordsName(surfaceWords(queries[at]!.text).length)),
    ...by((at) => named('kind', queries[at]!.kind)),
    ...by((at) => named('language', queries[at]!.language)),
  ].filter((slice) => slice.queries.length < queries.length);
}

function wordsName(words: number): string {
  if (words >= MOST_WORDS) return `${MOST_WORDS} words and more`;
  return words === 1 ? '1 word' : `${words} words`;
}

const named = (what: string, value: string | undefined): string | undefined =>
  value === undefined ? undefined : `${what} ${value}`;
