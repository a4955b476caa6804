import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Scope, Stores, TenantStores } from '@attune/sdk';
import { decodeName, encodeName } from './file-name.codec.js';
import { DataFolderError, inFolder } from './folder/data-folder.error.js';
import { openDataFolder, type DataFolder } from './folder/data-folder.js';
import { EmbeddedTenantStores, type TenantOptions } from './tenant-stores.adapter.js';

const DEFAULT_TENANT = 'default';

export interface EmbeddedStoresOptions extends TenantOptions {
  /** The data folder; created when missing. */
  readonly folder: string;
  /** Where this process answers, for a second one that wants the folder; `announce` puts it right once it is known. */
  readonly address?: string;
}

/** Stores in this process, on disk, in a folder that no other process may use at the same time. */
export interface EmbeddedStores extends Stores {
  /** Absolute path of the data folder. */
  readonly folder: string;
  /** A tenant open already: `default`, one found at the start, or one given to `open`. Throws for any other. */
  of(scope: Scope): TenantStores;
  /** Opens a tenant, new or known; rejects with RangeError for a name that cannot be a folder. */
  open(scope: Scope): Promise<TenantStores>;
  /** Names of the tenants that are open. */
  tenants(): readonly string[];
  /** Puts the address into the folder's lock. */
  announce(address: string): Promise<void>;
}

/**
 * Opens the data folder with every tenant in it, and `default`. Reads are in memory; writes are on disk when they
 * resolve.
 *
 * @throws DataFolderError where another process owns the folder, it cannot be written, or a log in it is damaged:
 *   nothing is changed then, and the folder is given back.
 */
export async function openEmbeddedStores(options: EmbeddedStoresOptions): Promise<EmbeddedStores> {
  const { folder, address = 'not listening yet', clock } = options;
  const data = await openDataFolder(folder, { address, pid: process.pid, now: clock });
  const stores = new EmbeddedTenants(data, options);
  try {
    await stores.openAll();
  } catch (error) {
    await stores.close();
    throw error;
  }
  return stores;
}

class EmbeddedTenants implements EmbeddedStores {
  private readonly opening = new Map<string, Promise<EmbeddedTenantStores>>();
  private readonly ready = new Map<string, EmbeddedTenantStores>();
  private closing: Promise<void> | undefined;
  private readonly path: string;

  constructor(
    private readonly data: DataFolder,
    private readonly options: TenantOptions,
  ) {
    this.path = join(data.path, 'tenants');
  }

  get folder(): string {
    return this.data.path;
  }

  of({ tenant }: Scope): TenantStores {
    const stores = this.ready.get(tenant);
    if (stores === undefined) throw new Error(`tenant '${tenant}' is not open: await open({ tenant }) first`);
    return stores;
  }

  async open({ tenant }: Scope): Promise<TenantStores> {
    if (this.closing !== undefined) throw new Error(`the data folder ${this.folder} is closed: open it again`);
    let opening = this.opening.get(tenant);
    if (opening === undefined) this.opening.set(tenant, (opening = this.openTenant(tenant)));
    try {
      return await opening;
    } catch (error) {
      this.opening.delete(tenant);
      throw error;
    }
  }

  async openAll(): Promise<void> {
    await inFolder(this.path, () => mkdir(this.path, { recursive: true }));
    const found = (await readdir(this.path)).map(decodeName).filter((name) => name !== undefined);
    for (const tenant of new Set([DEFAULT_TENANT, ...found])) await this.open({ tenant });
  }

  tenants(): readonly string[] {
    return [...this.ready.keys()];
  }

  async announce(address: string): Promise<void> {
    await this.data.announce(address);
  }

  async close(): Promise<void> {
    this.closing ??= this.closeAll();
    await this.closing;
  }

  private async openTenant(tenant: string): Promise<EmbeddedTenantStores> {
    const folder = join(this.path, encodeName(tenant));
    try {
      const stores = await inFolder(folder, async () => {
        await mkdir(folder, { recursive: true });
        return await EmbeddedTenantStores.open(folder, this.options);
      });
      this.ready.set(tenant, stores);
      return stores;
    } catch (error) {
      if (!(error instanceof DataFolderError)) throw error;
      throw new DataFolderError(error.code, `Tenant '${tenant}': ${error.message}`, error.details);
    }
  }

  /** The lock goes last: whoever takes the folder next finds all writes done. */
  private async closeAll(): Promise<void> {
    const opened = await Promise.allSettled(this.opening.values());
    const closed = await Promise.allSettled(
      opened.map(async (each) => each.status === 'fulfilled' && (await each.value.close())),
    );
    await this.data.release();
    for (const each of closed) if (each.status === 'rejected') throw each.reason;
  }
}
