import { continuationTokens } from './continuation-tokens.js';

/** Tokens of a made model: the longest that fits, else a letter. */
const WORDS = ['search:', ' lunch', 'lunch', ' box', 'a b', 'ab', ' '];
const idOf = (piece: string): number => (WORDS.includes(piece) ? 1_000 + WORDS.indexOf(piece) : piece.charCodeAt(0));
const pieceOf = (id: number): string => WORDS[id - 1_000] ?? String.fromCharCode(id);
function tokenize(text: string): number[] {
  const ids: number[] = [];
  for (let rest = text; rest !== '';) {
    const piece = WORDS.find((word) => rest.startsWith(word)) ?? rest.slice(0, 1);
    ids.push(idOf(piece));
    rest = rest.slice(piece.length);
  }
  return ids;
}
const model = (
  more: { readonly bos?: number | null; readonly shouldPrependBosToken?: boolean; readonly space?: string } = {},
) => {
  const { bos = 7, shouldPrependBosToken = false, space = '' } = more;
  return {
    tokens: { bos, eos: null, shouldPrependBosToken },
    tokenize: (text: string) => tokenize(text === '' ? '' : space + text),
    detokenize: (tokens: readonly number[]) => tokens.map(pieceOf).join(''),
  };
};
const parts = (tokens: readonly number[], from: number) =>
  [tokens.slice(0, from), tokens.slice(from)].map((ids) => ids.map(pieceOf));

describe('continuationTokens', () => {
  it('parts the tokens where the continuation begins', () => {
    const { tokens, from } = continuationTokens(model(), { given: 'search:', then: ' lunch box' });
    expect(parts(tokens, from)).toEqual([['search:'], [' lunch', ' box']]);
  });

  it('counts a token over the seam to the continuation', () => {
    const { tokens, from } = continuationTokens(model(), { given: 'xa', then: 'b' });
    expect(parts(tokens, from)).toEqual([['x'], ['ab']]);
  });

  it('counts no token before the one over the seam to it, though those differ from the ones of the text alone', () => {
    const { tokens, from } = continuationTokens(model(), { given: 'x lunc', then: 'h' });
    expect(parts(tokens, from)).toEqual([['x'], [' lunch']]);
    // 'a ' alone is a, blank.
    const other = continuationTokens(model(), { given: 'xa ', then: 'b box' });
    expect(parts(other.tokens, other.from)).toEqual([['x'], ['a b', ' box']]);
  });

  it('is not led astray by a space that the tokenizer puts before a text', () => {
    const { tokens, from } = continuationTokens(model({ space: ' ' }), { given: 'a', then: 'b' });
    expect(parts(tokens, from)).toEqual([[' '], ['ab']]);
  });

  it('begins with the token of the beginning where the model wants it, or nothing else comes before', () => {
    const wanted = continuationTokens(model({ shouldPrependBosToken: true }), { given: 'x', then: 'y' });
    expect(wanted).toEqual({ tokens: [7, 120, 121], from: 2 });
    expect(continuationTokens(model(), { given: '', then: 'y' })).toEqual({ tokens: [7, 121], from: 1 });
    expect(() => continuationTokens(model({ bos: null }), { given: '', then: 'y' })).toThrow(
      'no token for the beginning',
    );
  });

  it('refuses an empty continuation', () => {
    expect(() => continuationTokens(model(), { given: 'x', then: '' })).toThrow(
      'a continuation is empty: give it a text',
    );
  });
});
