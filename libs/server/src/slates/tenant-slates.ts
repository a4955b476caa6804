import type { Engine } from '@attune/engine';
import type { LoggedSlate, TenantStores } from '@attune/sdk';
import type { Config } from '../config/config.schema.js';
import type { Forgets, Forgotten } from '../erase/forgets.js';
import { Attribution } from './attribution.js';
import { FrozenPages } from './frozen-pages.js';
import { PinnedEngines, type EngineOn } from './pinned-engines.js';
import { SharedSlates } from './shared-slates.js';
import { SlateRecorder, type ShownSlate } from './slate-recorder.js';

export interface TenantSlatesOptions {
  readonly tenant: string;
  readonly stores: TenantStores;
  readonly config: Pick<Config, 'slateLog'>;
  readonly clock: { now(): number };
  readonly engine: Engine;
  readonly engineOn: EngineOn;
  readonly warn: (line: string) => void;
}

/** What one tenant keeps of its slates: pages still to come, what was shown, what came of it. */
export class TenantSlates implements Forgets {
  readonly place = 'caches';
  readonly pages: FrozenPages;
  /** Those pages for other gateways. */
  readonly shared: SharedSlates;
  readonly engines: PinnedEngines;
  readonly attribution: Attribution;
  readonly #recorder: SlateRecorder | undefined;
  private readonly stores: TenantStores;

  constructor({ tenant, stores, config, clock, engine, engineOn, warn }: TenantSlatesOptions) {
    this.stores = stores;
    const { enabled, retentionDays } = config.slateLog;
    this.pages = new FrozenPages(tenant, clock);
    this.shared = new SharedSlates(stores.pages, clock, warn);
    this.engines = new PinnedEngines(engine, stores.artifacts, engineOn);
    this.attribution = new Attribution(stores, { retentionDays, warn });
    if (enabled) this.#recorder = new SlateRecorder(stores.slates, (slate) => this.attribution.record(slate), warn);
  }

  /** Logs a slate after its answer, where slates are logged. */
  record(shown: ShownSlate): void {
    this.#recorder?.record(shown);
  }

  /** Resolves when every slate answered so far is in the log and counted, with the events that name it. */
  async settled(): Promise<void> {
    await this.#recorder?.settled();
    await this.attribution.settled();
  }

  /** A slate of the log, those just answered among them. */
  async logged(slateId: string): Promise<LoggedSlate | undefined> {
    await this.#recorder?.settled();
    return this.stores.slates.get(slateId);
  }

  /**
   * Drops what is held of people who are forgotten, here and where other gateways find it; how many slates that were. The
   * log is the store's. Throws STORE_UNAVAILABLE where others may still find some.
   */
  async forget(who: Forgotten): Promise<number> {
    // Those first: a gateway that has fetched one by then drops it below.
    const shared = await Promise.allSettled([this.shared.forget(who)]);
    const held = this.pages.forget(who);
    await this.#recorder?.settled();
    if (shared[0].status === 'rejected') throw shared[0].reason;
    return held + shared[0].value;
  }

  /** Drops the pages that are held here. */
  forgetAll(): void {
    this.pages.forgetAll();
  }

  async close(): Promise<void> {
    await this.#recorder?.settled();
    await Promise.all([this.attribution.close(), this.engines.close()]);
  }
}
