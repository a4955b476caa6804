import type { ScoredList } from '@attune/algorithms';
import { KnnIndex } from '@attune/numeric';
import { cleanText, documentText, languageOf } from '@attune/text';
import type { OnProgress } from '../run/progress.js';
import type { SearchTask } from './search.task.js';
import type { TextEncoder, TextModelFolder } from './text-models.js';

/** Texts embedded between two looks at how far the work is. */
const AT_ONCE = 64;
const NOTHING: ScoredList<number> = { ids: [], scores: [] };

/** What is embedded: items and queries of one language, with the model that reads it. */
interface Part {
  readonly folder: string;
  readonly items: readonly number[];
  readonly queries: readonly number[];
}

/** Items by what they mean: vectors of the model of their language, which a query of that language finds. */
export class MeaningIndex {
  private constructor(private readonly byQuery: ReadonlyMap<number, (k: number) => ScoredList<number>>) {}

  /** Embeds items and queries. A query of a language that no item is in finds nothing. Rejects where a model does not open. */
  static async open(
    task: SearchTask,
    folders: readonly TextModelFolder[],
    { openEncoder, onProgress }: { openEncoder: (folder: string) => Promise<TextEncoder>; onProgress: OnProgress },
  ): Promise<MeaningIndex> {
    const byQuery = new Map<number, (k: number) => ScoredList<number>>();
    const parts = partsOf(task, folders);
    const all = parts.reduce((sum, { items, queries }) => sum + items.length + queries.length, 0);
    let done = 0;
    const onDone = (texts: number): void => onProgress('embedding', (done += texts) / all);
    for (const part of parts) {
      const encoder = await openEncoder(part.folder);
      try {
        const nearest = await embedPart(task, part, { encoder, onDone });
        for (const [query, vector] of nearest.vectors) byQuery.set(query, (k) => nearest.search(vector, k));
      } finally {
        await encoder.close();
      }
    }
    return new MeaningIndex(byQuery);
  }

  /** The `k` items nearest to a query of the task. */
  found(query: number, k: number): ScoredList<number> {
    return this.byQuery.get(query)?.(k) ?? NOTHING;
  }
}

/** Items and queries by the model that reads their language: as they say, or as their script tells. */
function partsOf({ items, queries }: SearchTask, folders: readonly TextModelFolder[]): readonly Part[] {
  const folderOf = (text: string, told: string | undefined): string => {
    const language = told?.split('-', 1)[0]?.toLowerCase() ?? languageOf(text);
    const reader = folders.find(({ languages }) => language !== undefined && languages.includes(language));
    return (reader ?? folders[0]!).folder;
  };
  const itemFolders = items.map(({ title, language }) => folderOf(title, language));
  const queryFolders = queries.map(({ text, language }) => folderOf(text, language));
  const rowsIn = (of: readonly string[], folder: string): readonly number[] =>
    [...of.keys()].filter((i) => of[i] === folder);
  return [...new Set(queryFolders)].map((folder) => ({
    folder,
    items: rowsIn(itemFolders, folder),
    queries: rowsIn(queryFolders, folder),
  }));
}

interface Embedding {
  readonly encoder: TextEncoder;
  readonly onDone: (texts: number) => void;
}

/** Vectors of a part's items and queries; the search among the items. */
async function embedPart(task: SearchTask, { items, queries }: Part, embedding: Embedding) {
  const { dims, metric } = embedding.encoder;
  const index = new KnnIndex(dims);
  const documents = items.map((row) => documentText(task.items[row]!));
  let next = 0;
  for await (const vector of vectorsOf(documents, 'document', embedding)) index.upsert(items[next++]!, vector);
  const vectors = new Map<number, Float32Array>();
  const asked = queries.map((row) => cleanText(task.queries[row]!.text));
  next = 0;
  for await (const vector of vectorsOf(asked, 'query', embedding)) vectors.set(queries[next++]!, vector);
  const search = (vector: Float32Array, k: number): ScoredList<number> => {
    const { rows, scores } = index.search(vector, k, { metric });
    return { ids: rows, scores };
  };
  return { vectors, search };
}

/** Vectors of texts, in their order. */
async function* vectorsOf(
  texts: readonly string[],
  role: 'query' | 'document',
  { encoder, onDone }: Embedding,
): AsyncGenerator<Float32Array> {
  for (let from = 0; from < texts.length; from += AT_ONCE) {
    const some = texts.slice(from, from + AT_ONCE);
    const block = await encoder.embed(some, role);
    for (let i = 0; i < some.length; i++) yield block.slice(i * encoder.dims, (i + 1) * encoder.dims);
    onDone(some.length);
  }
}
