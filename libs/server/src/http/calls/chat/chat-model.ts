import { chatReadingPrompt, chatReplyPrompt } from '@attune/language';
import {
  fieldsOf,
  heldReading,
  heldReply,
  toldFields,
  toldTitle,
  type Telling,
  type Wish,
} from '@attune/language/understanding';
import { PortError, type Item, type Llm } from '@attune/sdk';
import { analyze, surfaceWords } from '@attune/text';
import type { Config } from '../../../config/config.schema.js';
import type { ServerCall } from '../../../llm/call-for.js';
import { openedOnce } from '../../../llm/opened-once.js';
import type { TenantPlatform } from '../../../platform/tenant-platform.js';
import type { SearchLexicon } from '../../../search/search-lexicon.js';
import type { Outcome, Turn } from './turn.js';

/** What is longer is not used. */
const LONGEST_QUERY = 200;

/** A language model that takes part in conversations. What it says is held to the catalogue; what fails, the call is told. */
export class ChatModel {
  private constructor(
    private readonly llm: Llm,
    private readonly call: ServerCall,
  ) {}

  /** Undefined where the server has none, which is no failure. */
  static async of(tenant: TenantPlatform, { runs }: Config['chat'], call: ServerCall): Promise<ChatModel | undefined> {
    try {
      return new ChatModel(await openedOnce(tenant.llm, 'chat', { runs }), call);
    } catch (error) {
      if (error instanceof PortError && error.code === 'LLM_MISSING') return undefined;
      throw error;
    }
  }

  /** A wish with what the model understood besides; undefined where it understood nothing that holds, or not in time. */
  async read(
    message: string,
    wish: Wish,
    { said, facts, asked, asking }: Pick<Turn, 'said' | 'facts' | 'asked' | 'asking'>,
  ): Promise<Wish | undefined> {
    const before = said.filter(({ who }) => who === 'shopper').map(({ text }) => text);
    const data = { before, message, fields: fieldsOf(facts.wishes), currency: facts.wishes.currency };
    return this.#try(async () => {
      const ask = { ...chatReadingPrompt.ask(data), userId: asked.userId };
      const reading = chatReadingPrompt.read(await this.llm.answer(ask, this.call));
      const query = await knownWords(reading.query, [...before, message].join('\n'), asking.tenant.lexicon);
      return heldReading(message, wish, { ...reading, query }, facts.wishes);
    });
  }

  /** The reply in the model’s words; undefined where they say what is not so, or do not come in time. */
  async word({ reply, cited }: Outcome, { asked, telling, facts }: Turn): Promise<string | undefined> {
    const items = cited.map(({ item }) => lineOf(item, telling));
    return this.#try(async () => {
      const prompt = chatReplyPrompt(telling.language);
      const ask = { ...prompt.ask({ message: asked.message, reply, items }), userId: asked.userId };
      const answer = prompt.read(await this.llm.answer(ask, this.call)).reply;
      const held = heldReply(answer, { reply, message: asked.message, cited, facts }, telling);
      if ('text' in held) return held.text;
      // Not in its words: this goes to the shopper’s browser, too.
      const kinds = 'inventions' in held ? [...new Set(held.inventions.map(({ kind }) => kind))] : [];
      const why = 'unusable' in held ? held.unusable : `it says what nothing is known of (${kinds.join(', ')})`;
      throw new PortError('LLM_UNUSABLE', `a reply was not used: ${why}`);
    });
  }

  async #try<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof PortError)) throw error;
      this.call.degrade(error.code, error.detail);
      return undefined;
    }
  }
}

/** A query without words that neither the shopper nor the catalogue has; empty where most are such. */
async function knownWords(query: string, said: string, lexicon: Pick<SearchLexicon, 'strangers'>): Promise<string> {
  const strangers = new Set(await lexicon.strangers(query.slice(0, LONGEST_QUERY), said));
  const isStrange = ({ text, unspaced }: { readonly text: string; readonly unspaced: boolean }): boolean =>
    unspaced ? analyze(text).some((word) => strangers.has(word)) : strangers.has(text);
  const words = query.split(/\s+/);
  const known = words.filter((word) => !surfaceWords(word).some(isStrange));
  return known.length * 2 >= words.length ? known.join(' ') : '';
}

/** An item as the model is told of it. */
function lineOf(item: Item, telling: Telling): string {
  const fields = toldFields([item], telling).map(({ label, values }) => `${label}: ${values[0]!}`);
  return [toldTitle(item, telling), ...fields].join('; ');
}
