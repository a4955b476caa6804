import type { Token } from './tokens.js';

interface Node<T> {
  readonly next: Map<string, Node<T>>;
  value: T | undefined;
}

export interface PhraseMatch<T> {
  readonly value: T;
  /** Tokens it takes, at least 1. */
  readonly length: number;
}

/** Phrases by their terms, found in a text in time that grows with the longest phrase, not with their number. */
export class PhraseTree<T> {
  readonly #root: Node<T> = { next: new Map(), value: undefined };

  /** The first value of a phrase stays; a phrase without terms is passed over. */
  add(terms: readonly string[], value: T): void {
    if (terms.length === 0) return;
    let node = this.#root;
    for (const term of terms) {
      let next = node.next.get(term);
      if (next === undefined) {
        next = { next: new Map(), value: undefined };
        node.next.set(term, next);
      }
      node = next;
    }
    node.value ??= value;
  }

  /** The longest phrase that begins at a token; none reaches over the end of a clause. */
  longest(tokens: readonly Token[], at: number): PhraseMatch<T> | undefined {
    return this.all(tokens, at).at(-1);
  }

  /** All phrases that begin at a token, the shortest first. */
  all(tokens: readonly Token[], at: number): readonly PhraseMatch<T>[] {
    const found: PhraseMatch<T>[] = [];
    let node: Node<T> | undefined = this.#root;
    for (let i = at; i < tokens.length; i++) {
      const token = tokens[i]!;
      if (i > at && token.gap === 'clause') break;
      node = node.next.get(token.term);
      if (node === undefined) break;
      if (node.value !== undefined) found.push({ value: node.value, length: i - at + 1 });
    }
    return found;
  }
}
