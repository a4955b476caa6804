import type { ScoredList } from '@attune/algorithms';
import type { Bm25Options } from '@attune/text';
import type { OnProgress } from '../run/progress.js';
import { MeaningIndex } from './meaning.index.js';
import { PairScores } from './pair.scores.js';
import type { SearchTask } from './search.task.js';
import type { TextModelFolder, TextModels } from './text-models.js';
import { WordIndex } from './word.index.js';

/** Models of texts that a run has. */
export interface SearchModels {
  readonly textModels: readonly TextModelFolder[];
  /** Folder of a cross-encoder; undefined where there is none. */
  readonly pairModel: string | undefined;
  /** Undefined where this process opens none. */
  readonly open: TextModels | undefined;
}

/** What searches look items up in: each is made once, with the first that asks. */
export class SearchSources {
  private readonly index: WordIndex;
  private opening: Promise<MeaningIndex> | undefined;
  private reading: Promise<PairScores> | undefined;

  constructor(
    readonly task: SearchTask,
    private readonly models: SearchModels,
    private readonly onProgress: OnProgress,
  ) {
    this.index = new WordIndex(task.items);
  }

  /** The `k` best items by the words of a query. */
  words(query: number, k: number, options?: Bm25Options): ScoredList<number> {
    return this.index.found(this.task.queries[query]!.text, k, options);
  }

  /** Rejects with RangeError where there is no model of texts. */
  meaning(): Promise<MeaningIndex> {
    return (this.opening ??= this.openMeaning());
  }

  /** Rejects with RangeError where there is no cross-encoder. */
  pairs(): Promise<PairScores> {
    return (this.reading ??= this.openPairs());
  }

  /** Frees the models. */
  async close(): Promise<void> {
    const pairs = await this.reading?.catch(() => undefined);
    await pairs?.close();
  }

  private async openMeaning(): Promise<MeaningIndex> {
    const { textModels, open } = this.models;
    if (open === undefined || textModels.length === 0) throw new RangeError('there is no model of texts');
    const openEncoder = (folder: string) => open.openEncoder(folder).catch(notAtHand);
    return MeaningIndex.open(this.task, textModels, { openEncoder, onProgress: this.onProgress });
  }

  private async openPairs(): Promise<PairScores> {
    const { pairModel, open } = this.models;
    if (open === undefined || pairModel === undefined) throw new RangeError('no cross-encoder was named');
    return new PairScores(this.task, await open.openPairs(pairModel).catch(notAtHand));
  }
}

const notAtHand = (error: Error): never => {
  throw new RangeError(error.message, { cause: error });
};
