import { bulk } from '../elasticsearch/bulk.js';
import type { ElasticsearchConnection } from '../elasticsearch/client.js';
import { ensureIndex, type IndexDefinition } from '../elasticsearch/ensure-index.js';
import { documentId, indexName } from '../elasticsearch/index-names.js';
import { pitScan } from '../elasticsearch/pit-scan.js';

const DEFINITION: IndexDefinition = { version: 1, properties: { tenant: { type: 'keyword' } } };

interface TenantDocument {
  readonly tenant: string;
}

/** The tenants there are, in an index of no tenant: names of indices do not tell the names of tenants. */
export class TenantNames {
  private constructor(
    private readonly connection: ElasticsearchConnection,
    private readonly index: string,
  ) {}

  static async open(connection: ElasticsearchConnection): Promise<TenantNames> {
    const index = indexName(connection.options.prefix, '', 'tenants');
    await ensureIndex(connection, index, DEFINITION);
    return new TenantNames(connection, index);
  }

  /** Known to every process that asks later; adding a known one changes nothing. */
  async add(tenant: string): Promise<void> {
    const document: TenantDocument = { tenant };
    await bulk(this.connection, [{ action: 'index', index: this.index, id: documentId(tenant), document }]);
  }

  async all(): Promise<readonly string[]> {
    await this.connection.refresh(this.index);
    const names: string[] = [];
    for await (const page of pitScan<TenantDocument>(this.connection, { index: this.index, bring: { _source: true } }))
      for (const { _source: document } of page) if (document !== undefined) names.push(document.tenant);
    return names;
  }
}
