import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeArtifact, encodeArtifact } from '@attune/algorithms';
import { openEmbeddedStores } from '@attune/stores';
import type { Item, Space, StoredEvent, TenantStores } from '@attune/sdk';

/** An empty folder and how to remove it. */
export async function scratchFolder(): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'attune-server-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

export interface ScratchStores {
  readonly folder: string;
  readonly stores: TenantStores;
  close(): Promise<void>;
}

const TWO_DIMENSIONS: readonly Space[] = [{ id: 'text', dims: 2, metric: 'dot' }];

/** Real stores on disk, with a space `text` of two dimensions unless others are named. */
export async function openScratchStores(spaces: readonly Space[] = TWO_DIMENSIONS): Promise<ScratchStores> {
  const { folder, remove } = await scratchFolder();
  const all = await openEmbeddedStores({
    folder,
    clock: () => Date.parse('2026-11-21T09:30:00Z'),
    warn: () => undefined,
    spaces: spaces.map((space) => ({ digest: 'tiny', ...space })),
    codec: { encode: encodeArtifact, decode: decodeArtifact },
  });
  const close = async (): Promise<void> => {
    await all.close();
    await remove();
  };
  return { folder, stores: await all.open({ tenant: 'default' }), close };
}

export const item = (id: string, title: string): Item => ({ id, title, updatedAt: '2026-11-01T00:00:00.000Z' }) as Item;

export const purchase = (id: string, userId: string, itemIds: readonly string[]): StoredEvent =>
  ({ id, type: 'purchase', userId, itemIds, at: '2026-11-02T00:00:00.000Z' }) as StoredEvent;
