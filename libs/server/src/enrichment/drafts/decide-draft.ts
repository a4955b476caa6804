import { AttuneError, type Item, type KeptRecord } from '@attune/sdk';
import type { SettleParts } from '../settle-item.js';
import { plainJson } from '../../plain-json.js';
import { withoutOwnText } from '../kept-enrichments.js';
import { DESCRIPTION, DRAFT_STATES, draftSchema, type Draft, type DraftState } from './draft.record.js';
import { Turns } from '../../turns.js';
import { factsOf } from './draft.run.js';
import { putDescription } from './item-text.js';

/** More changes of one item at a time are somebody else's fault. */
const TRIES = 8;
/** Decisions about one item, one after the other in this process, of each tenant. */
const turns = new WeakMap<object, Turns>();
/** Texts of ours that an item may have: one is written while another is still there. */
const MOST_OURS = 3;

/** What a person says of a draft. */
export interface DraftDecision {
  readonly decision: 'approve' | 'reject';
  /** What the item is to say instead of the draft, as it may be shown. */
  readonly text?: string | undefined;
  /** Who, as they call themselves. */
  readonly by?: string | undefined;
}

/** A draft, its item and its state. */
export interface DraftOfItem {
  readonly item: Item;
  readonly draft: Draft;
  readonly state: DraftState;
}

/** A record as a draft; undefined where it is none. */
export function draftIn(record: KeptRecord | undefined): Pick<DraftOfItem, 'draft' | 'state'> | undefined {
  const draft = draftSchema.safeParse(record?.value).data;
  const state = DRAFT_STATES.find((one) => one === record?.state);
  return draft && state && { draft, state };
}

/**
 * Decides about a draft: one that is approved becomes the item's description, one that is rejected is taken back where it
 * was. An item that was changed by others meanwhile is looked at again.
 * @throws AttuneError ITEM_NOT_FOUND, DRAFT_NOT_FOUND; DRAFT_OUTDATED where the item is another than the draft was written
 *   of; RECORD_CHANGED where it is changed too often.
 */
export function decideDraft(
  id: string,
  decided: DraftDecision,
  parts: Pick<SettleParts, 'stores' | 'clock'>,
): Promise<DraftOfItem> {
  const { records } = parts.stores;
  const own = turns.get(records) ?? new Turns();
  turns.set(records, own);
  return own.take(id, () => decide(id, decided, parts));
}

async function decide(
  id: string,
  decided: DraftDecision,
  { stores, clock }: Pick<SettleParts, 'stores' | 'clock'>,
): Promise<DraftOfItem> {
  let isKept = false;
  // As often again once it is kept: an item must not be left as somebody else's turn left it.
  for (let left = TRIES; left > 0; left--) {
    const [[item], [record]] = await Promise.all([stores.items.get([id]), stores.records.get(DESCRIPTION, [id])]);
    if (item === undefined) throw new AttuneError('ITEM_NOT_FOUND', `no item '${id}'`);
    const known = draftIn(record);
    if (record === undefined || known === undefined)
      throw new AttuneError('DRAFT_NOT_FOUND', `no job 'describe' has written a draft of '${id}'`);
    // From here on it is what is kept that counts: somebody else may have decided after us.
    const next = isKept ? known : decidedDraft(item, { ...known, record }, decided, clock);
    const value = { id, value: plainJson(next.draft), state: next.state };
    if (!isKept && !(await stores.records.replace(DESCRIPTION, value, record.version))) continue;
    if (!isKept) left = TRIES;
    isKept = true;
    if (await isInItem(item, next, stores)) return { item, ...next };
  }
  throw new AttuneError('RECORD_CHANGED', `'${id}' is being changed by others`);
}

function decidedDraft(
  item: Item,
  { draft, record }: { readonly draft: Draft; readonly record: KeptRecord },
  { decision, text, by }: DraftDecision,
  clock: { now(): number },
): Pick<DraftOfItem, 'draft' | 'state'> {
  const read = withoutOwnText(item, record);
  // A person who sends a text has seen what the item is now.
  if (decision === 'approve' && text === undefined && factsOf(read) !== draft.facts)
    throw new AttuneError('DRAFT_OUTDATED', `the item '${item.id}' has changed since its draft was written`);
  const { decidedBy: _by, before: _before, ...others } = draft;
  const common = { ...others, ...(by !== undefined && { decidedBy: by }), at: new Date(clock.now()).toISOString() };
  // What the item said of its own: behind a text of ours it is what was there before that one.
  const own = read === item ? item.description : draft.before;
  const before = own !== undefined && { before: own };
  if (decision === 'reject') return { draft: { ...common, ...before }, state: 'rejected' };
  const said = text ?? draft.text;
  return {
    draft: {
      ...{ ...common, ...before, text: said, edited: draft.edited || said !== draft.text },
      ours: [...draft.ours.filter((one) => one !== said), said].slice(-MOST_OURS),
    },
    state: 'approved',
  };
}

/** Whether the item says what was decided; where it does not it is written, and is to be looked at again. */
async function isInItem(
  item: Item,
  { draft, state }: Pick<DraftOfItem, 'draft' | 'state'>,
  stores: SettleParts['stores'],
): Promise<boolean> {
  const isSaid = item.description === draft.text && draft.ours.includes(draft.text);
  if (isSaid === (state === 'approved')) return true;
  await putDescription(item, state === 'approved' ? draft.text : draft.before, stores);
  return false;
}
