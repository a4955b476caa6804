import type { Llm } from '@attune/sdk';
import type { Platform, TenantPlatform } from '../../../platform/tenant-platform.js';
import { CatalogueFacts } from './catalogue-facts.js';

const writers = new WeakMap<TenantPlatform, Writer>();

/** What texts of one tenant are written with; made when the first one is asked for. */
export class Writer {
  readonly facts: CatalogueFacts;
  #llm: Llm | undefined;

  private constructor(
    private readonly tenant: TenantPlatform,
    { config, clock }: Pick<Platform, 'config' | 'clock'>,
  ) {
    this.facts = new CatalogueFacts({ items: tenant.stores.items, attributes: config.attributes, clock });
  }

  static of(tenant: TenantPlatform, platform: Pick<Platform, 'config' | 'clock'>): Writer {
    const known = writers.get(tenant);
    if (known !== undefined) return known;
    const writer = new Writer(tenant, platform);
    writers.set(tenant, writer);
    return writer;
  }

  /** One purpose for all descriptions: it has a circuit. Rejects with `LLM_MISSING` where the server has no model. */
  async llm(): Promise<Llm> {
    return (this.#llm ??= await this.tenant.llm.open('description'));
  }
}
