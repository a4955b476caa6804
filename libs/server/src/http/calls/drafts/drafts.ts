import { safeText } from '@attune/language/understanding';
import type { Item } from '@attune/sdk';
import type { z } from 'zod';
import { decideDraft, draftIn, type DraftOfItem } from '../../../enrichment/drafts/decide-draft.js';
import { DESCRIPTION } from '../../../enrichment/drafts/draft.record.js';
import type { Platform, TenantPlatform } from '../../../platform/tenant-platform.js';
import type { DraftDecided, ItemDraft, listDrafts } from '../../operations/drafts.operations.js';
import { InvalidRequest } from '../../problems/invalid-request.js';
import { embed } from '../catalogue.js';
import { refuseNoId } from '../enrichment/enrichments.js';

export interface DraftsPage {
  readonly descriptions: readonly ItemDraft[];
  readonly after?: string;
}

/** A page of drafts, in the order of the ids of their items. */
export async function draftsPage(
  { state, limit, after }: z.output<(typeof listDrafts)['query']>,
  { stores: { records, items } }: TenantPlatform,
): Promise<DraftsPage> {
  // One more than asked for tells whether there are more.
  const kept = await records.list(DESCRIPTION, { state, limit: Math.min(1000, limit + 1), after });
  const page = kept.slice(0, limit);
  const found = await items.get(page.map(({ id }) => id));
  const descriptions = page.flatMap((record, i) => {
    const known = draftIn(record);
    return known === undefined ? [] : [shown(record.id, known, found[i])];
  });
  const isMore = kept.length > limit || (limit === 1000 && kept.length === limit);
  return { descriptions, ...(isMore && { after: page.at(-1)!.id }) };
}

/**
 * Does as a person says with a draft, and has an item whose text changed embedded.
 * @throws AttuneError ITEM_NOT_FOUND, DRAFT_NOT_FOUND, DRAFT_OUTDATED, RECORD_CHANGED; InvalidRequest where nothing of the
 *   text may be shown.
 */
export async function decideOne(
  id: string,
  { decision, text, by }: DraftDecided,
  { tenant, platform }: { readonly tenant: TenantPlatform; readonly platform: Platform },
): Promise<ItemDraft> {
  refuseNoId(id);
  const { stores } = tenant;
  const { config, clock } = platform;
  const said = text === undefined ? undefined : showable(text, config.llm.blocked);
  const decided = await decideDraft(id, { decision, text: said, by }, { stores, clock });
  await embed(tenant);
  return shown(id, decided, decided.item);
}

function showable(text: string, blocked: readonly string[]): string {
  const said = safeText(text, { maxChars: text.length, blocked });
  if (said !== undefined) return said;
  const message = 'nothing of it may be shown: no words, or a blocked one';
  throw new InvalidRequest([{ code: 'custom', path: ['text'], message, input: undefined }]);
}

/** Without what it is kept for: hashes, and what was there before. */
function shown(id: string, { draft, state }: Pick<DraftOfItem, 'draft' | 'state'>, item: Item | undefined): ItemDraft {
  const { facts: _facts, ours: _ours, before: _before, ...known } = draft;
  return { id, ...(item && { title: item.title }), state, ...known };
}
