import { setImmediate as turn } from 'node:timers/promises';
import type { JobOutcome, LlmPort, TenantStores } from '@attune/sdk';
import type { Config } from '../config/config.schema.js';
import type { JobRequestOf, JobRun } from '../jobs/job.js';
import { AskedModel } from './asked-model.js';
import { attributesOf, declaredKeywords } from './declared.js';
import { duplicatesOf } from './duplicates.thread.js';
import { EnrichmentRun, type EnrichCounts } from './enrichment.run.js';
import { ENRICHMENT } from './enrichment.record.js';
import { scannedCatalogue } from './scanned-catalogue.js';

/** Items read and written together. Few enough that no slate notices. */
const PAGE = 32;
/** Records looked at together when those of deleted items go. */
const RECORDS = 500;
/** Groups of duplicates in the result. */
const MOST_GROUPS = 1_000;
/** A call of a job waits its turn behind those of people. */
const PATIENCE = 2;

export interface EnrichParts {
  readonly tenant: string;
  readonly stores: Pick<TenantStores, 'items' | 'records'>;
  readonly config: Pick<Config, 'attributes' | 'enrichment' | 'llm'>;
  readonly llm: LlmPort;
  readonly clock: { now(): number; monotonic(): number };
}

/** What a job comes to. */
export interface EnrichResult extends EnrichCounts {
  /** Ids of items with the same title, at most 1,000 groups. */
  readonly duplicates: readonly (readonly string[])[];
  /** Where a language model was asked for. */
  readonly model?: { readonly asked: number; readonly unusable: number };
  readonly degraded: readonly { readonly code: string; readonly detail?: string }[];
}

/**
 * Reads values of attributes, languages and duplicates from the texts of items, and applies what is sure. What was done is
 * stored page by page: a run that was cut short is gone on with by the next. Rejects with the signal's reason.
 */
export async function enrichItems(
  parts: EnrichParts,
  { request, signal, progress, result }: JobRun<JobRequestOf<'enrich'>>,
): Promise<JobOutcome> {
  const { config, stores, clock, tenant } = parts;
  const attributes = attributesOf(request.attributes, config);
  const { titles, facts } = await scannedCatalogue(stores, { where: request.where, attributes, signal });
  const groups = await duplicatesOf(titles, signal);
  const options = { tenant, deadlineMs: config.llm.timeoutMs * PATIENCE, clock, signal };
  const opened = request.model ? await AskedModel.open(parts.llm, 'enrichment', options) : undefined;
  const model = opened instanceof AskedModel ? opened : undefined;
  const run = new EnrichmentRun({
    stores,
    clock,
    model,
    facts,
    attributes,
    settling: { applyFrom: config.enrichment.applyFrom, declared: declaredKeywords(config) },
    firstOf: new Map(groups.flatMap(([first, ...others]) => others.map((id) => [id, first!] as const))),
  });
  progress(0, titles.length);
  for (let from = 0; from < titles.length; from += PAGE) {
    signal.throwIfAborted();
    await run.page(titles.slice(from, from + PAGE).map(({ id }) => id));
    progress(Math.min(from + PAGE, titles.length), titles.length);
    await turn();
  }
  if (request.where === undefined) await dropOrphans(new Set(titles.map(({ id }) => id)), stores, signal);
  await result.json({
    ...run.counts(),
    duplicates: groups.slice(0, MOST_GROUPS),
    ...(model && { model: { asked: model.asked, unusable: model.unusable } }),
    degraded: opened === undefined || opened instanceof AskedModel ? [] : [opened],
  } satisfies EnrichResult);
  const failed = (model?.failed ?? 0) + run.left;
  return { ok: run.counts().items - failed, failed, errors: [...(model?.errors ?? []), ...run.errors()] };
}

/** What is known of items that are gone goes, too. */
async function dropOrphans(
  ids: ReadonlySet<string>,
  { items, records }: EnrichParts['stores'],
  signal: AbortSignal,
): Promise<void> {
  for (let after: string | undefined; ;) {
    signal.throwIfAborted();
    const page = await records.list(ENRICHMENT, { limit: RECORDS, after });
    const unknown = page.map(({ id }) => id).filter((id) => !ids.has(id));
    const found = await items.get(unknown);
    const gone = unknown.filter((_, i) => found[i] === undefined);
    if (gone.length > 0) await records.delete(ENRICHMENT, gone);
    if (page.length < RECORDS) return;
    after = page.at(-1)!.id;
  }
}
