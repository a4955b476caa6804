import { setImmediate as turn } from 'node:timers/promises';
import { compilePredicate, type JobOutcome, type TenantStores } from '@attune/sdk';
import type { CatalogueFacts } from '../../catalogue-facts/catalogue-facts.js';
import type { JobRequestOf, JobRun } from '../../jobs/job.js';
import { AskedModel } from '../asked-model.js';
import type { EnrichParts } from '../enrich-items.js';
import { DraftRun } from './draft.run.js';

/** Items read and written together. */
const PAGE = 16;
/** A call of a job waits its turn behind those of people. */
const PATIENCE = 2;

export interface DescribeParts extends EnrichParts {
  /** What texts of the language model are checked with. */
  readonly facts: CatalogueFacts;
}

/** What a run comes to. */
export interface DescribeResult {
  /** Items that were asked for. */
  readonly items: number;
  /** Items whose description in this style was written before, from the same facts. */
  readonly skipped: number;
  readonly drafts: number;
  readonly byModel: number;
  readonly byTemplate: number;
  /** Approved descriptions that a feed had dropped, written into their items again. */
  readonly restored: number;
  /** Items of which nothing may be shown. */
  readonly nothing: number;
  readonly degraded: readonly { readonly code: string; readonly detail?: string }[];
}

/**
 * Writes drafts of descriptions, which change no item before a person approves them. What was written is stored page by
 * page: a run that was cut short is gone on with by the next. Rejects with the signal's reason.
 */
export async function describeItems(
  parts: DescribeParts,
  { request, signal, progress, result }: JobRun<JobRequestOf<'describe'>>,
): Promise<JobOutcome> {
  const { config, stores, clock, tenant, llm } = parts;
  const ids = await idsOf(stores, request, signal);
  const options = { tenant, deadlineMs: config.llm.timeoutMs * PATIENCE, clock, signal };
  const opened = await AskedModel.open(llm, 'descriptions', options);
  const model = opened instanceof AskedModel ? opened : undefined;
  const facts = model && (await parts.facts.get());
  const run = new DraftRun({
    stores,
    clock,
    request,
    blocked: config.llm.blocked,
    model: model && { model, facts: facts! },
  });
  progress(0, ids.length);
  for (let from = 0; from < ids.length && run.isOpen; from += PAGE) {
    signal.throwIfAborted();
    await run.page(ids.slice(from, from + PAGE));
    progress(Math.min(from + PAGE, ids.length), ids.length);
    await turn();
  }
  const degraded = opened instanceof AskedModel ? [] : [opened];
  await result.json({ items: ids.length, ...run.counts(), degraded } satisfies DescribeResult);
  // Where the model fails the template writes: the draft is there all the same.
  return { ok: run.counts().drafts, failed: 0, errors: model?.errors ?? [] };
}

/** All that is read before the first page: a scan of hours would see another catalogue at its end. */
async function idsOf(
  { items }: Pick<TenantStores, 'items'>,
  { where }: JobRequestOf<'describe'>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const passes = where === undefined ? (): boolean => true : compilePredicate(where);
  const ids: string[] = [];
  await items.refresh();
  for await (const page of items.scan()) {
    signal.throwIfAborted();
    ids.push(...page.filter((item) => passes(item)).map(({ id }) => id));
  }
  return ids;
}
