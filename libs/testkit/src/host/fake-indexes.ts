import {
  compilePredicate,
  PortError,
  SYNONYM_WEIGHT,
  type Call,
  type Item,
  type ItemVectorsPort,
  type LexicalQuery,
  type Predicate,
  type Retrieved,
  type TextIndexPort,
  type VectorBlock,
  type VectorIndexPort,
} from '@attune/sdk';
import { wordsOf } from '../worlds/hashed-words.js';
import { textOf, type World } from '../worlds/world.js';
import { gatherRows } from '../worlds/world-request.js';

/** Exact nearest neighbors by dot product over every item that passes the filter. */
export function fakeVectorIndex(world: World): VectorIndexPort {
  return {
    async knn({ space, vector, k, where }, call) {
      refuseLate(call);
      const block = blockOf(world, space);
      const score = (row: number) => dot(vector, block.data.subarray(row * block.dims, (row + 1) * block.dims));
      return best(world, where, k, score);
    },
  };
}

/** Rows of a world's space. */
export function fakeItemVectors(world: World): ItemVectorsPort {
  const rowOf = new Map(world.items.map((item, row) => [item.id, row]));
  return { gather: async (space, ids) => gatherRows(blockOf(world, space), ids, rowOf) };
}

const K1 = 1.2;
const B = 0.75;

/** BM25 (Robertson and Zaragoza 2009; k1 1.2, b 0.75) over lower-case words, no stemming. */
export function fakeTextIndex(world: World): TextIndexPort {
  const documents = world.items.map((item) => wordsOf(textOf(item)));
  const rowOf = new Map(world.items.map((item, row) => [item.id, row]));
  const meanLength = documents.reduce((sum, words) => sum + words.length, 0) / Math.max(1, documents.length);
  const bm25 = (query: Pick<LexicalQuery, 'text' | 'synonyms'>, row: number): number => {
    const words = documents[row]!;
    let score = NaN;
    for (const [term, weight] of termsOf(query)) {
      const frequency = words.filter((word) => word === term).length;
      if (frequency === 0) continue;
      const holders = documents.filter((document) => document.includes(term)).length;
      const idf = Math.log(1 + (documents.length - holders + 0.5) / (holders + 0.5));
      const saturation = (frequency * (K1 + 1)) / (frequency + K1 * (1 - B + (B * words.length) / meanLength));
      score = (Number.isNaN(score) ? 0 : score) + weight * idf * saturation;
    }
    return score;
  };
  return {
    async lexical({ k, where, ...query }, call) {
      refuseLate(call);
      return best(world, where, k, (row) => bm25(query, row));
    },
    async score(asked, ids, call) {
      refuseLate(call);
      const query = typeof asked === 'string' ? { text: asked } : asked;
      return Float32Array.from(ids, (id) => (rowOf.has(id) ? bm25(query, rowOf.get(id)!) : NaN));
    },
    async coverage({ text, synonyms = [] }, ids, call) {
      refuseLate(call);
      const terms = [...new Set(wordsOf(text))];
      return Float32Array.from(ids, (id) => {
        const words = documents[rowOf.get(id) ?? -1] ?? [];
        const meant = synonyms.filter((synonym) => wordsOf(synonym).every((word) => words.includes(word)));
        const found = terms.filter((term) => words.includes(term)).length + meant.length;
        return terms.length === 0 ? 0 : Math.min(1, found / terms.length);
      });
    },
  };
}

/** Each word of a query and its weight: a synonym's is half, unless the query has the word itself. */
function termsOf({ text, synonyms = [] }: Pick<LexicalQuery, 'text' | 'synonyms'>): ReadonlyMap<string, number> {
  const synonymous = synonyms.flatMap(wordsOf).map((word): [string, number] => [word, SYNONYM_WEIGHT]);
  return new Map([...synonymous, ...wordsOf(text).map((word): [string, number] => [word, 1])]);
}

/** Rejects a call whose time is over, as a real index does. */
export function refuseLate(call: Call): void {
  call.deadline.signal.throwIfAborted();
}

/** The vectors of a space; throws `SPACE_UNKNOWN` where the world has none. */
export function blockOf(world: World, space: string): VectorBlock {
  const block = world.spaces.get(space);
  if (block === undefined)
    throw new PortError(
      'SPACE_UNKNOWN',
      `world ${world.name} has no space ${space}; add it by withSpace(world, '${space}')`,
    );
  return block;
}

function best(world: World, where: Predicate | undefined, k: number, score: (row: number) => number): Retrieved {
  const test = where === undefined ? (): boolean => true : compilePredicate(where);
  const found = world.items
    .map((item: Item, row) => ({ id: item.id, score: test(item) ? score(row) : NaN }))
    .filter((hit) => !Number.isNaN(hit.score))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .slice(0, k);
  return { ids: found.map((hit) => hit.id), scores: Float32Array.from(found, (hit) => hit.score) };
}

function dot(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length)
    throw new RangeError(`a vector of ${a.length} dimensions was compared with one of ${b.length}`);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
