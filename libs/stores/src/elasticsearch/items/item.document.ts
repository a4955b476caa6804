import { createHash } from 'node:crypto';
import type { Item } from '@attune/sdk';
import { indexedFields } from '@attune/text';
import { embeddedTextHash } from '../../embedded/items/item.fields.js';
import { filterTerms } from './filter-token.js';

/** An item that has its time. */
export type DatedItem = Item & { readonly updatedAt: string };

/** What is stored beside an item and decides on changes of it. */
export interface ItemState {
  /** Place in the order of insertion. */
  readonly order: number;
  /** `updatedAt` of the item, epoch milliseconds. */
  readonly time: number;
  /** While it stays, vectors stay. */
  readonly textHash: string;
}

/** Members of `_source` that make an `ItemState`. */
export const STATE_MEMBERS: readonly (keyof ItemState)[] = ['order', 'time', 'textHash'];

/**
 * The document of an item, without its vectors. Every member is always there: a partial update replaces all of them and
 * leaves the vectors alone.
 */
export function documentOf(item: DatedItem, order: number): Readonly<Record<string, unknown>> & ItemState {
  const json = JSON.stringify(item);
  return {
    ...filterTerms(item),
    json,
    order,
    time: Date.parse(item.updatedAt),
    textHash: embeddedTextHash(item),
    revision: revisionOf(json),
    words: wordsOf(item),
  };
}

/** The item of a document's `json`, as it was given. */
export function itemOf(json: string): Item {
  return JSON.parse(json) as Item;
}

/** A word of a field that counts three times is there three times: frequency and length are those of the platform's BM25. */
function wordsOf(item: Item): string {
  return indexedFields(item)
    .flatMap(({ tokens, boost }) => tokens.flatMap((token) => Array<string>(boost).fill(token)))
    .join(' ');
}

/** 31 bits of what the item is: their sum over all items is another after a change. */
function revisionOf(json: string): number {
  return createHash('sha256').update(json, 'utf8').digest().readUInt32BE(0) >>> 1;
}
