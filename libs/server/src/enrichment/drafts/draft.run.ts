import type { GroundingFacts } from '@attune/language/understanding';
import type { Item, KeptRecord, TenantStores } from '@attune/sdk';
import type { JobRequestOf } from '../../jobs/job.js';
import { ASKS_AT_A_TIME, type AskedModel } from '../asked-model.js';
import { hashOf } from '../enrichment.record.js';
import { plainJson } from '../../plain-json.js';
import { withoutOwnText } from '../kept-enrichments.js';
import { DESCRIPTION, draftSchema, type Draft } from './draft.record.js';
import type { WrittenText } from '../../llm/write-text.js';
import { putDescription } from './item-text.js';
import { modelDescription, ownDescription, ownLanguage, type ToDescribe } from './written-description.js';

export interface DraftRunOptions {
  readonly stores: Pick<TenantStores, 'items' | 'records'>;
  readonly clock: { now(): number };
  readonly request: JobRequestOf<'describe'>;
  readonly blocked: readonly string[];
  readonly model: { readonly model: AskedModel; readonly facts: GroundingFacts } | undefined;
}

/** An item that a draft is written of. */
interface Asked {
  readonly item: Item;
  readonly version: string | undefined;
  /** The draft that there is. */
  readonly draft: Draft | undefined;
  readonly style: ToDescribe['style'];
  readonly facts: string;
}

/** Of what a description is written: not of the price, which is another tomorrow, nor of our own text. */
export const factsOf = ({ title, brand, categories, tags, attributes, description }: Item): string =>
  hashOf({ title, brand, categories, tags, attributes, description });

/** One pass over a catalogue, page by page, and what came of it. */
export class DraftRun {
  #skipped = 0;
  #byModel = 0;
  #byTemplate = 0;
  #restored = 0;
  #nothing = 0;

  constructor(private readonly options: DraftRunOptions) {}

  /** Whether there may be more drafts. */
  get isOpen(): boolean {
    return this.counts().drafts < this.options.request.limit;
  }

  counts() {
    return {
      ...{ skipped: this.#skipped, drafts: this.#byModel + this.#byTemplate, byModel: this.#byModel },
      ...{ byTemplate: this.#byTemplate, restored: this.#restored, nothing: this.#nothing },
    };
  }

  /** Items by their ids, each once a run. */
  async page(ids: readonly string[]): Promise<void> {
    const { items, records } = this.options.stores;
    const [found, kept] = await Promise.all([items.get(ids), records.get(DESCRIPTION, ids)]);
    const asked: Asked[] = [];
    for (const [i, item] of found.entries()) {
      const one = item && (await this.#asked(item, kept[i]));
      if (one !== undefined) asked.push(one);
    }
    const open = asked.slice(0, this.options.request.limit - this.counts().drafts);
    for (let from = 0; from < open.length; from += ASKS_AT_A_TIME)
      await Promise.all(open.slice(from, from + ASKS_AT_A_TIME).map((one) => this.#write(one)));
  }

  /** Undefined where nothing is to be written. */
  async #asked(item: Item, record: KeptRecord | undefined): Promise<Asked | undefined> {
    const { tone, length, language, onlyWithout } = this.options.request;
    const read = withoutOwnText(item, record);
    const draft = draftSchema.safeParse(record?.value).data;
    const asked: Asked = {
      item: read,
      version: record?.version,
      draft,
      style: { tone, length, language: language ?? ownLanguage(item) },
      facts: factsOf(read),
    };
    const isKnown = draft !== undefined && this.#isCurrent(draft, record?.state, asked);
    if (!isKnown) return onlyWithout && item.description !== undefined ? undefined : asked;
    this.#skipped += 1;
    if (record?.state === 'approved' && item.description === undefined)
      this.#restored += Number(await putDescription(item, draft.text, this.options.stores));
    return undefined;
  }

  /** A template's text is written again where a model was out of reach and may be there now. */
  #isCurrent(draft: Draft, state: string | undefined, { style, facts }: Asked): boolean {
    const isSame = draft.tone === style.tone && draft.length === style.length && draft.language === style.language;
    const isOpen = state === 'draft' && draft.degraded !== undefined && draft.degraded !== 'LLM_UNUSABLE';
    return isSame && draft.facts === facts && !(isOpen && this.options.model?.model.isUseful === true);
  }

  async #write({ item, version, draft: before, style, facts }: Asked): Promise<void> {
    const given: ToDescribe = { item, style, blocked: this.options.blocked };
    const written = await this.#byModelOf(given);
    const byModel = written === undefined || 'code' in written ? undefined : written;
    const text = byModel?.text ?? ownDescription(given);
    if (text === undefined) {
      this.#nothing += 1;
      return;
    }
    const draft: Draft = {
      ...{ text, ...style, source: byModel === undefined ? 'template' : 'llm' },
      ...(byModel && { prompt: byModel.prompt, model: byModel.model }),
      ...(written !== undefined && 'code' in written && { degraded: written.code }),
      ours: before?.ours ?? [],
      ...(before?.before !== undefined && { before: before.before }),
      ...{ edited: false, facts, at: new Date(this.options.clock.now()).toISOString() },
    };
    // Where a person decides about another draft at this moment, theirs is the newer word.
    const record = { id: item.id, value: plainJson(draft), state: 'draft' };
    if (!(await this.options.stores.records.replace(DESCRIPTION, record, version))) return;
    if (byModel === undefined) this.#byTemplate += 1;
    else this.#byModel += 1;
  }

  async #byModelOf(given: ToDescribe): Promise<WrittenText | { readonly code: string }> {
    const { model: asking } = this.options;
    if (asking === undefined) return { code: 'LLM_MISSING' };
    const { model, facts } = asking;
    const unusable = { code: 'LLM_UNUSABLE' } as const;
    const written = await model.ask<WrittenText | typeof unusable>(
      given.item.id,
      (call) => modelDescription(given, { llm: model.llm, facts, call, refused: [] }),
      unusable,
    );
    return written ?? { code: 'LLM_UNAVAILABLE' };
  }
}
