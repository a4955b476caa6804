import type { ItemText } from '@attune/text';
import type { SearchTask } from './search.task.js';
import type { PairEncoder } from './text-models.js';

/** Characters read of an item, as the `cross-encoder` reranker does. */
const LONGEST_READ = 200;

/** What a cross-encoder says of pairs of a query and an item; each pair is read once. */
export class PairScores {
  private readonly known = new Map<string, number>();

  constructor(
    private readonly task: SearchTask,
    private readonly encoder: PairEncoder,
  ) {}

  /** One logit an item, larger = fits better. */
  async score(query: number, rows: readonly number[]): Promise<readonly number[]> {
    const keyOf = (row: number): string => `${query} ${row}`;
    const unread = rows.filter((row) => !this.known.has(keyOf(row)));
    if (unread.length > 0) {
      const texts = unread.map((row) => readText(this.task.items[row]!));
      const logits = await this.encoder.score(this.task.queries[query]!.text, texts);
      unread.forEach((row, i) => this.known.set(keyOf(row), logits[i]!));
    }
    return rows.map((row) => this.known.get(keyOf(row))!);
  }

  close(): Promise<void> {
    return this.encoder.close();
  }
}

const readText = ({ title, brand, description }: ItemText): string =>
  [title, brand, description]
    .filter((part) => part !== undefined)
    .join('. ')
    .slice(0, LONGEST_READ);
