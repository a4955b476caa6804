import type { Scope, Stores, TenantStores } from '@attune/sdk';
import { Services, type ServicesOptions } from './services.js';
import { TenantNames } from './tenant-names.js';
import { DistributedTenantStores, type DistributedTenantOptions } from './tenant-stores.adapter.js';

const DEFAULT_TENANT = 'default';

export interface DistributedStoresOptions extends ServicesOptions, DistributedTenantOptions {}

/** Stores that many processes share: Elasticsearch, Redis and a folder. None of them holds data of its own. */
export interface DistributedStores extends Stores {
  /** A tenant open already: `default`, one there was at the start, or one given to `open`. Throws for any other. */
  of(scope: Scope): TenantStores;
  /** Opens a tenant, new or known; rejects with RangeError for a name that cannot be a folder. */
  open(scope: Scope): Promise<TenantStores>;
  /** Names of the tenants that are open. */
  tenants(): readonly string[];
  /** Resolves when what this process deleted so far is off the disks of Elasticsearch, or `warn` was told. */
  expunged(): Promise<void>;
}

/**
 * Opens every tenant there is, and `default`. Reads see what any process was acknowledged, within the limits of each port.
 *
 * @throws AttuneError `STORE_UNAVAILABLE` where Elasticsearch or Redis does not answer: says which, and what to do.
 * @throws RangeError for what is no URL; DataFolderError of the artifact folder; IndexConflictError for an index that was
 *   made with other settings.
 */
export async function openDistributedStores(options: DistributedStoresOptions): Promise<DistributedStores> {
  const services = await Services.open(options);
  try {
    const names = await TenantNames.open(services.elasticsearch);
    const stores = new DistributedTenants(services, names, options);
    for (const tenant of new Set([DEFAULT_TENANT, ...(await names.all())])) await stores.open({ tenant });
    return stores;
  } catch (error) {
    await services.close();
    throw error;
  }
}

class DistributedTenants implements DistributedStores {
  private readonly opening = new Map<string, Promise<DistributedTenantStores>>();
  private readonly ready = new Map<string, DistributedTenantStores>();
  private closing: Promise<void> | undefined;

  constructor(
    private readonly services: Services,
    private readonly names: TenantNames,
    private readonly options: DistributedTenantOptions,
  ) {}

  of({ tenant }: Scope): TenantStores {
    const stores = this.ready.get(tenant);
    if (stores === undefined) throw new Error(`tenant '${tenant}' is not open: await open({ tenant }) first`);
    return stores;
  }

  async open({ tenant }: Scope): Promise<TenantStores> {
    if (this.closing !== undefined) throw new Error('the stores are closed: open them again');
    let opening = this.opening.get(tenant);
    if (opening === undefined) this.opening.set(tenant, (opening = this.openTenant(tenant)));
    try {
      return await opening;
    } catch (error) {
      this.opening.delete(tenant);
      throw error;
    }
  }

  tenants(): readonly string[] {
    return [...this.ready.keys()];
  }

  async expunged(): Promise<void> {
    await this.services.expunger.settled();
  }

  async close(): Promise<void> {
    this.closing ??= this.closeAll();
    await this.closing;
  }

  /** Named last, so that a process that finds the name finds its indices. */
  private async openTenant(tenant: string): Promise<DistributedTenantStores> {
    const stores = await DistributedTenantStores.open(this.services, tenant, this.options);
    await this.names.add(tenant);
    this.ready.set(tenant, stores);
    return stores;
  }

  /** The connections go last: the stores' last writes need them. */
  private async closeAll(): Promise<void> {
    const opened = await Promise.allSettled(this.opening.values());
    const closed = await Promise.allSettled(
      opened.map(async (each) => each.status === 'fulfilled' && (await each.value.close())),
    );
    await this.services.close();
    for (const each of closed) if (each.status === 'rejected') throw each.reason;
  }
}
