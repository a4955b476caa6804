import { analyze } from '@attune/text';

const MOST_ANSWERED = 20;
const MOST_TERMS = 32;

/** Groups of words that mean the same, from configuration. */
export class Synonyms {
  /** Groups by the terms of each member, joined. */
  readonly #groups = new Map<string, (readonly string[])[]>();
  #longest = 0;

  constructor(groups: readonly (readonly string[])[]) {
    for (const group of groups) {
      for (const member of group) {
        const terms = analyze(member);
        const key = terms.join(' ');
        if (key === '') continue;
        this.#groups.set(key, [...(this.#groups.get(key) ?? []), group]);
        this.#longest = Math.max(this.#longest, terms.length);
      }
    }
  }

  /** Other words for parts of a text, as configured, at most 20; none that the text itself has. */
  of(text: string): readonly string[] {
    const terms = analyze(text).slice(0, MOST_TERMS);
    const parts = new Set<string>();
    for (let from = 0; from < terms.length; from++) {
      for (let end = from + 1; end <= Math.min(terms.length, from + this.#longest); end++) {
        parts.add(terms.slice(from, end).join(' '));
      }
    }
    const others = [...parts].flatMap((part) => this.#groups.get(part) ?? []).flat();
    return [...new Set(others)].filter((other) => !parts.has(analyze(other).join(' '))).slice(0, MOST_ANSWERED);
  }
}
