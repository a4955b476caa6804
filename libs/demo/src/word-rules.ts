import type { WordRule } from './categories.js';

/** Reads the labels that a title earns: `(title) => labels` in the order of the rules, each once. */
export function labelReader(rules: readonly WordRule[]): (title: string) => string[] {
  const compile = () =>
    rules.map((rule) => ({
      label: rule.label,
      words: wholeWords(rule.words),
      not: rule.not === undefined ? undefined : wholeWords(rule.not),
    }));
  // With the first title: a process that reads none starts a tenth sooner.
  let compiled: ReturnType<typeof compile> | undefined;
  return (title) => {
    const text = title.toLowerCase();
    return (compiled ??= compile())
      .filter(({ words, not }) => matches(not === undefined ? text : text.replace(not, ' '), words))
      .map(({ label }) => label);
  };
}

/** Takes every word of `rules` out of a title; what is left is in lower case, with single spaces. */
export function withoutWords(title: string, rules: readonly WordRule[]): string {
  const words = wholeWords(rules.map((rule) => rule.words).join('|'));
  return title
    .toLowerCase()
    .replace(words, ' ')
    .replace(/[^\p{L}\p{N}'&+.-]+/gu, ' ')
    .trim();
}

function matches(text: string, words: RegExp): boolean {
  words.lastIndex = 0;
  return words.test(text);
}

/** Whole words or phrases with an optional plural; `-` and `'` count as part of a word, `/` and `+` do not. */
function wholeWords(list: string): RegExp {
  const phrases = list
    .toLowerCase()
    .split('|')
    .map((phrase) => phrase.replace(/[.*+?^${}()[\]\\]/g, '\\$&'));
  const byLength = phrases.sort((a, b) => b.length - a.length);
  return new RegExp(`(?<![\\p{L}\\p{N}'-])(?:${byLength.join('|')})(?:s|es)?(?![\\p{L}\\p{N}'-])`, 'gu');
}
