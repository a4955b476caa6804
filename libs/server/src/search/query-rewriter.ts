import { queryRewritePrompt } from '@attune/language';
import type { Facts } from '@attune/language/understanding';
import { PortError, type Degraded, type LlmPort, type Query } from '@attune/sdk';
import { surfaceWords } from '@attune/text';
import type { Config } from '../config/config.schema.js';
import { callFor } from '../llm/call-for.js';
import { openedOnce } from '../llm/opened-once.js';
import { heldRewrite, type HeldRewrite } from './held-rewrite.js';
import type { SearchLexicon } from './search-lexicon.js';

const PURPOSE = 'query-rewrite';
/** Fewer words name a thing; there is nothing to put into others. */
const FEWEST_WORDS = 4;
/** Share of a query's words that an item has of which search finds enough by itself. */
const ENOUGH = 0.75;

export interface QueryRewriterOptions {
  readonly tenant: string;
  readonly llm: LlmPort;
  readonly lexicon: Pick<SearchLexicon, 'bestCovered' | 'strangers'>;
  readonly config: Config['search']['rewrite'];
  readonly clock: { monotonic(): number };
}

export interface RewriteAsked {
  /** As it was understood. */
  readonly query: Query;
  /** What is put into other words. */
  readonly words: string;
  readonly facts: Facts;
  readonly userId: string | undefined;
}

export interface Rewrite {
  readonly held?: HeldRewrite;
  readonly degraded: readonly Degraded[];
}

const NOTHING: Rewrite = { degraded: [] };

/** Has a language model put queries into words of the catalogue, where it is allowed to and search by itself finds little. */
export class QueryRewriter {
  constructor(private readonly options: QueryRewriterOptions) {}

  /** Nothing where nobody asks for it; with what was wrong where it was asked for and is not there in time, or does not hold. */
  async rewrite(asked: RewriteAsked): Promise<Rewrite> {
    if (!this.options.config.enabled || !(await this.#isWorthIt(asked))) return NOTHING;
    try {
      return await this.#held(asked);
    } catch (error) {
      if (!(error instanceof PortError)) throw error;
      return error.code === 'LLM_MISSING' ? NOTHING : stepAside(error.code, error.detail);
    }
  }

  async #isWorthIt({ query: { intent }, words }: RewriteAsked): Promise<boolean> {
    if (intent !== 'broad') return false;
    const count = surfaceWords(words).reduce((sum, { text, unspaced }) => sum + (unspaced ? text.length / 2 : 1), 0);
    return count >= FEWEST_WORDS && (await this.options.lexicon.bestCovered(words)) < ENOUGH;
  }

  async #held({ words, facts, userId }: RewriteAsked): Promise<Rewrite> {
    const { tenant, lexicon, config, clock } = this.options;
    const llm = await openedOnce(this.options.llm, PURPOSE);
    const { categories, brands, attributes } = facts;
    const named = new Map([['categories', categories], ['brand', brands], ...attributes]);
    const fields = new Map([...named].filter(([, values]) => values.length > 0));
    const call = callFor({ tenant, deadlineMs: config.budgetMs, clock });
    const ask = queryRewritePrompt.ask({ query: words, fields });
    const answer = queryRewritePrompt.read(await llm.answer({ ...ask, userId }, call));
    const unknown = (text: string): Promise<readonly string[]> => lexicon.strangers(text, words);
    const held = await heldRewrite(answer, { typed: words, facts, unknown });
    return 'unusable' in held ? stepAside('LLM_UNUSABLE', held.unusable) : { held, degraded: [] };
  }
}

const stepAside = (code: string, detail: string): Rewrite => ({ degraded: [{ plugin: PURPOSE, code, detail }] });
