import { enrichmentPrompt } from '@attune/language';
import { heldProposals, type EnrichmentFacts, type ProposedValue } from '@attune/language/understanding';
import type { Call, TenantStores } from '@attune/sdk';
import { ASKS_AT_A_TIME, type AskedModel } from './asked-model.js';
import { ENRICHMENT, textHash, type Enrichment } from './enrichment.record.js';
import { isSameEnrichment, knownItems, recordOf, writeVersions, type KnownItem } from './kept-enrichments.js';
import { isCurrent, readItem, type ByModel, type Reading } from './read-item.js';
import { settled, type Settled, type Settling } from './settle.js';

/** How often an item is tried that somebody else changes at the same time. */
const ROUNDS = 3;

export interface EnrichmentRunOptions {
  readonly stores: Pick<TenantStores, 'items' | 'records'>;
  readonly clock: { now(): number };
  readonly model: AskedModel | undefined;
  readonly facts: EnrichmentFacts;
  readonly attributes: readonly string[];
  readonly settling: Omit<Settling, 'at'>;
  /** Of a duplicate, the first item of its group. */
  readonly firstOf: ReadonlyMap<string, string>;
}

type ByAttribute = Record<string, { applied: number; review: number; withdrawn: number }>;

/** What a run comes to. */
export interface EnrichCounts {
  readonly items: number;
  /** Items whose texts were read before, in the same way. */
  readonly skipped: number;
  /** Items that were written. */
  readonly written: number;
  /** Languages that were applied. */
  readonly languages: number;
  /** Values of attributes. */
  readonly applied: number;
  readonly review: number;
  readonly withdrawn: number;
  readonly byAttribute: Readonly<ByAttribute>;
}

/** One change that is to be made. */
interface Change extends KnownItem {
  readonly next: Settled;
}

/** One pass over a catalogue, page by page, and what came of it. */
export class EnrichmentRun {
  /** Items that others changed again and again, or that could not be asked about. */
  left = 0;
  #items = 0;
  #skipped = 0;
  #written = 0;
  #languages = 0;
  readonly #byAttribute = new Map<string, ByAttribute[string]>();

  constructor(private readonly options: EnrichmentRunOptions) {}

  counts(): EnrichCounts {
    const all = [...this.#byAttribute.values()];
    const sum = (what: keyof ByAttribute[string]): number => all.reduce((total, one) => total + one[what], 0);
    return {
      ...{ items: this.#items, skipped: this.#skipped, written: this.#written, languages: this.#languages },
      ...{ applied: sum('applied'), review: sum('review'), withdrawn: sum('withdrawn') },
      byAttribute: Object.fromEntries(this.#byAttribute),
    };
  }

  errors(): readonly string[] {
    return this.left === 0 ? [] : [`items that were changed again and again meanwhile: ${this.left}`];
  }

  /** Items by their ids, each once a run. */
  async page(ids: readonly string[]): Promise<void> {
    const reading: Reading = {
      attributes: this.options.attributes,
      model: this.#modelName(),
      facts: this.options.facts,
      at: new Date(this.options.clock.now()).toISOString(),
    };
    const first = await knownItems(ids, this.options.stores);
    this.#items += first.length;
    const stale = first.filter(({ enrichment, read }) => !enrichment || !isCurrent(enrichment, read, reading));
    this.#skipped += first.length - stale.length;
    const byModel = await this.#askAll(stale, reading);
    let open: readonly string[] = ids;
    // Asking takes seconds: everything is looked at again.
    for (let round = 0; round < ROUNDS && open.length > 0; round++) {
      const known = round === 0 && byModel.size === 0 ? first : await knownItems(open, this.options.stores);
      open = await this.#settleAll(known, byModel, reading);
    }
    this.left += open.length;
  }

  #modelName(): string | undefined {
    const { model } = this.options;
    return model && `${enrichmentPrompt.name} ${model.llm.model}`;
  }

  /** What the model finds in items, by id: not of those whose texts it has read before. */
  async #askAll(items: readonly KnownItem[], reading: Reading): Promise<ReadonlyMap<string, Answered>> {
    const { model, attributes } = this.options;
    const answers = new Map<string, Answered>();
    if (model === undefined || attributes.length === 0) return answers;
    for (let from = 0; from < items.length; from += ASKS_AT_A_TIME)
      await Promise.all(
        items.slice(from, from + ASKS_AT_A_TIME).map(async ({ read }) => {
          const values = await this.#ask(read, reading, model);
          if (values !== undefined) answers.set(read.id, { read, values });
        }),
      );
    return answers;
  }

  async #ask(read: KnownItem['read'], { facts }: Reading, model: AskedModel): Promise<ByModel> {
    const { attributes } = this.options;
    const ask = enrichmentPrompt.ask({ item: read, attributes });
    const answered = async (call: Call): Promise<readonly ProposedValue[]> => {
      const { values } = enrichmentPrompt.read(await model.llm.answer(ask, call));
      return heldProposals(read, values, facts).filter(({ attribute }) => attributes.includes(attribute));
    };
    return model.ask(read.id, answered, []);
  }

  /** Writes what is to be changed; ids of items that somebody else changed in between. */
  async #settleAll(
    known: readonly KnownItem[],
    byModel: ReadonlyMap<string, Answered>,
    reading: Reading,
  ): Promise<readonly string[]> {
    const changes = known
      .map((one) => ({ ...one, next: this.#next(one, byModel.get(one.item.id), reading) }))
      .filter(({ item, enrichment, next }) => next.item !== item || !isSameEnrichment(next.enrichment, enrichment));
    // The record first: what is in an item and in no record would count as the catalogue's own for ever.
    const isKept = await this.#keep(changes);
    const kept = changes.filter((_, i) => isKept[i]);
    const writes = kept.filter(({ item, next }) => next.item !== item);
    const isWritten = await writeVersions(
      writes.map(({ item, next }) => ({ before: item, after: next.item })),
      this.options.stores.items,
    );
    const lost = new Set(writes.filter((_, i) => !isWritten[i]).map(({ item }) => item.id));
    for (const { item, next } of kept) if (!lost.has(item.id)) this.#count(next, next.item !== item);
    return changes.filter(({ item }, i) => !isKept[i] || lost.has(item.id)).map(({ item }) => item.id);
  }

  #next({ item, read, enrichment }: KnownItem, answered: Answered | undefined, reading: Reading): Settled {
    const values = answered && textHash(answered.read) === textHash(read) ? answered.values : undefined;
    const { model, ...others } = reading;
    const isRead = enrichment && isCurrent(enrichment, read, values === undefined ? others : { ...others, model });
    const now = isRead ? enrichment : readItem(read, enrichment, values, reading);
    const { duplicateOf: _before, ...known } = now;
    const first = this.options.firstOf.get(item.id);
    const told: Enrichment = first === undefined ? known : { ...known, duplicateOf: first };
    return settled(item, told, { ...this.options.settling, at: reading.at });
  }

  /** New records at once; those that are there one by one, as a person may be deciding about them. */
  async #keep(changes: readonly Change[]): Promise<readonly boolean[]> {
    const { records } = this.options.stores;
    const fresh = changes.filter(({ version }) => version === undefined);
    if (fresh.length > 0)
      await records.put(
        ENRICHMENT,
        fresh.map(({ item, next }) => recordOf(item.id, next.enrichment)),
      );
    return Promise.all(
      changes.map(async ({ item, enrichment, version, next }) =>
        version === undefined || isSameEnrichment(next.enrichment, enrichment)
          ? true
          : records.replace(ENRICHMENT, recordOf(item.id, next.enrichment), version),
      ),
    );
  }

  #count({ counts }: Settled, isWritten: boolean): void {
    this.#written += Number(isWritten);
    this.#languages += Number(counts.language);
    for (const what of ['applied', 'review', 'withdrawn'] as const)
      for (const name of counts[what]) {
        const known = this.#byAttribute.get(name) ?? { applied: 0, review: 0, withdrawn: 0 };
        this.#byAttribute.set(name, { ...known, [what]: known[what] + 1 });
      }
  }
}

/** What the model found, and in which texts. */
interface Answered {
  readonly read: KnownItem['read'];
  readonly values: NonNullable<ByModel>;
}
