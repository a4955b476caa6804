import type { Llm } from '@attune/sdk';
import type { TenantPlatform } from '../../../platform/tenant-platform.js';

const writers = new WeakMap<TenantPlatform, Writer>();

/** What texts of one tenant are written with; made when the first one is asked for. */
export class Writer {
  #llm: Llm | undefined;

  private constructor(private readonly tenant: TenantPlatform) {}

  static of(tenant: TenantPlatform): Writer {
    const known = writers.get(tenant);
    if (known !== undefined) return known;
    const writer = new Writer(tenant);
    writers.set(tenant, writer);
    return writer;
  }

  /** One purpose for all descriptions: it has a circuit. Rejects with `LLM_MISSING` where the server has no model. */
  async llm(): Promise<Llm> {
    return (this.#llm ??= await this.tenant.llm.open('description'));
  }
}
