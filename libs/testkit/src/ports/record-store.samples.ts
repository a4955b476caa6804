import assert from 'node:assert/strict';
import type { KeptRecord, RecordDraft, RecordStore } from '@attune/sdk';

export const KIND = 'proposal';
export const draft = (id: string, more: Partial<RecordDraft> = {}): RecordDraft => ({ id, value: { of: id }, ...more });
export const unversioned = ({ version: _, ...record }: KeptRecord): RecordDraft => record;
export const idsOf = (records: readonly KeptRecord[]): readonly string[] => records.map(({ id }) => id);

export async function find(store: RecordStore, id: string, kind = KIND): Promise<KeptRecord | undefined> {
  return (await store.get(kind, [id]))[0];
}

export async function versionOf(store: RecordStore, id: string): Promise<string> {
  const { version } = (await find(store, id)) ?? {};
  assert.ok(version !== undefined && version !== '', `a version of ${id}`);
  return version;
}
