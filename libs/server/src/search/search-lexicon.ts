import type { Call, Predicate, Query, TenantStores } from '@attune/sdk';
import { analyze, SuggestionIndex, surfaceWords, type Suggestion } from '@attune/text';
import type { Config } from '../config/config.schema.js';
import type { Forgets, Forgotten } from '../erase/forgets.js';
import type { LexiconEntry, SuggestionKind } from './build-lexicon.js';
import { CurrentLexicon } from './current-lexicon.js';
import { LearnedQueries } from './learned-queries.js';
import type { QueryPerson } from './past-queries.js';
import { relax, type Relaxation } from './relaxations.js';
import { Synonyms } from './synonyms.js';
import { tasteBoost } from './taste-boost.js';
import { understandQuery } from './understand-query.js';

export interface SearchLexiconOptions {
  readonly tenant: string;
  readonly stores: TenantStores;
  readonly config: Pick<Config, 'embedders'> & { readonly search: Pick<Config['search'], 'synonyms'> };
  readonly clock: { now(): number; monotonic(): number };
  readonly warn: (line: string) => void;
  /** Whether a word is one of the language, though the catalogue has it not: it needs no mending. Default: none is. */
  readonly isWord?: (word: string) => boolean;
}

export interface Suggested {
  readonly text: string;
  readonly kind: SuggestionKind;
  /** What was typed, where typos were forgiven. */
  readonly correctedFrom?: string;
}

/** The words of one tenant's catalogue and of what people searched for there; follows both as they change. */
export class SearchLexicon implements Forgets {
  readonly place = 'caches';
  readonly #synonyms: Synonyms;
  readonly #queries: LearnedQueries;
  readonly #current: CurrentLexicon;
  readonly #isWord: (word: string) => boolean;

  constructor(private readonly options: SearchLexiconOptions) {
    this.#synonyms = new Synonyms(options.config.search.synonyms);
    this.#queries = new LearnedQueries(options);
    this.#isWord = options.isWord ?? (() => false);
    this.#current = new CurrentLexicon({ ...options, queries: this.#queries });
  }

  /** Builds the lexicon, and starts reading past queries in the background. */
  async warmUp(): Promise<void> {
    await this.#current.get();
    void this.readPast();
  }

  /** Reads past queries from the event log, once, with pauses; resolves when they are read. */
  readPast(): Promise<void> {
    return this.#queries.read();
  }

  /** See `understandQuery`. `language`: BCP 47, default told from the script. */
  async understand(typed: string, language?: string): Promise<Query> {
    return understandQuery(typed, {
      lexicon: await this.#current.get(),
      synonyms: this.#synonyms,
      embedders: this.options.config.embedders,
      isWord: this.#isWord,
      finds: (text) => this.#finds(text),
      language,
    });
  }

  /** Whether an item that passes `where` has any of the words, in whatever field. */
  async finds(text: string, where?: Predicate): Promise<boolean> {
    return this.#finds(text, where);
  }

  /** Share of a query's words that each item has `[ids]`, 0..1. */
  covered({ text, synonyms }: Query, ids: readonly string[]): Promise<Float32Array> {
    return this.options.stores.items.coverage({ text, synonyms }, ids, callOf(this.options.tenant));
  }

  /** The largest share of the words of a text that one of the ten items has that fit it best, 0..1. */
  async bestCovered(text: string): Promise<number> {
    const call = callOf(this.options.tenant);
    const { ids } = await this.options.stores.items.lexical({ text, k: 10 }, call);
    return (await this.covered({ text }, ids)).reduce((a, b) => Math.max(a, b), 0);
  }

  /** Words of a text that neither the catalogue has nor another text. */
  async strangers(text: string, other: string): Promise<readonly string[]> {
    const { spelling } = await this.#current.get();
    const known = new Set([...surfaceWords(other).map((word) => word.text), ...analyze(other)]);
    // What is written without spaces is compared by the words it is cut into.
    const words = surfaceWords(text).flatMap((word) => (word.unspaced ? analyze(word.text) : [word.text]));
    const unknown = words.filter((word) => !known.has(word) && spelling.weightOf(word) === 0);
    const found = await Promise.all(unknown.map((word) => this.#finds(word)));
    return unknown.filter((_, i) => !found[i]);
  }

  /** The query itself where any of its words is in an item that passes `where`; else see `relaxations`. */
  async relax(query: Query, where?: Predicate): Promise<Relaxation> {
    const { spelling } = await this.#current.get();
    return relax(query, { spelling, synonyms: this.#synonyms, isWord: this.#isWord }, (text) =>
      this.#finds(text, where),
    );
  }

  /**
   * Completes what is typed: one's own past queries first, then what fits best, weighed by one's taste. Of someone
   * without consent nothing is looked at.
   */
  async suggest(typed: string, limit: number, person: QueryPerson = {}): Promise<readonly Suggested[]> {
    void this.readPast();
    const { suggestions, spelling } = await this.#current.get();
    const boost = await this.#tasteOf(person);
    const own = await this.#ownOf(person);
    const found = merged(own.suggest(typed, limit), suggestions.suggest(typed, limit, boost), limit);
    // "lunchbox" begins no word, but two in a row.
    const mended = found.length === 0 ? spelling.correct(typed)?.text : undefined;
    const shown = mended === undefined ? found : suggestions.suggest(mended, limit, boost);
    return shown.map(({ entry: { text, kind }, edits }) => ({
      text,
      kind,
      ...((edits > 0 || mended !== undefined) && { correctedFrom: typed }),
    }));
  }

  /** Drops what people searched for, also from what is suggested to others; how many queries. */
  async forget({ userIds, anonymousIds }: Forgotten): Promise<number> {
    const dropped = this.#queries.forget([
      ...userIds.map((userId): QueryPerson => ({ userId })),
      ...anonymousIds.map((anonymousId): QueryPerson => ({ anonymousId })),
    ]);
    if (dropped > 0) await this.#current.rebuild();
    return dropped;
  }

  /** Drops or takes up what people searched for who withdrew or gave consent. Resolves when that is in use. */
  async consentChanged(userIds: readonly string[]): Promise<void> {
    if (await this.#queries.hasAnyOf(userIds)) await this.#current.rebuild();
  }

  /** Drops what people searched for, and reads the event log again. */
  async forgetAll(): Promise<void> {
    await this.#queries.readAgain();
    await this.#current.rebuild();
  }

  /** Ends what is under way. May be called twice. */
  async close(): Promise<void> {
    await Promise.all([this.#queries.close(), this.#current.close()]);
  }

  async #ownOf(person: QueryPerson): Promise<SuggestionIndex<LexiconEntry>> {
    const own = new SuggestionIndex<LexiconEntry>();
    const texts = await this.#queries.of(person);
    // The latest weighs most.
    texts.forEach((text, i) => own.add({ text, kind: 'query', about: [], weight: texts.length - i }));
    return own;
  }

  async #tasteOf(person: QueryPerson): Promise<((entry: LexiconEntry) => number) | undefined> {
    const isNobody = person.userId === undefined && person.anonymousId === undefined;
    if (isNobody || !(await this.#queries.mayLookAt(person))) return undefined;
    const { events, items } = this.options.stores;
    return tasteBoost(await events.history(person, this.options.clock.now()), items);
  }

  async #finds(text: string, where?: Predicate): Promise<boolean> {
    const { ids } = await this.options.stores.items.lexical({ text, k: 1, where }, callOf(this.options.tenant));
    return ids.length > 0;
  }
}

/** One's own first, the others after, none twice; where something fits as typed, nothing needs typos forgiven. */
function merged(
  own: readonly Suggestion<LexiconEntry>[],
  others: readonly Suggestion<LexiconEntry>[],
  limit: number,
): readonly Suggestion<LexiconEntry>[] {
  const all = [...own, ...others];
  const exact = all.filter(({ edits }) => edits === 0);
  const byText = new Map<string, Suggestion<LexiconEntry>>();
  for (const one of exact.length > 0 ? exact : all) {
    const key = one.entry.text.toLowerCase();
    if (!byText.has(key)) byText.set(key, one);
  }
  return [...byText.values()].slice(0, limit);
}

/** A look-up in memory: nothing to wait for, and nobody to tell. */
const callOf = (tenant: string): Call => ({
  tenant,
  deadline: { signal: new AbortController().signal, remainingMs: () => Infinity },
  degrade: () => undefined,
  note: () => undefined,
});
