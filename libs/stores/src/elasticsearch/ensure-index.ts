import { isDeepStrictEqual } from 'node:util';
import { errors, type estypes } from '@elastic/elasticsearch';
import type { ElasticsearchConnection } from './client.js';

type Properties = Record<string, estypes.MappingProperty>;

/** What an index holds. Fields that are not named are kept in the document and ignored. */
export interface IndexDefinition {
  /** Counts up with every change of the fields. */
  readonly version: number;
  readonly properties: Properties;
  /** What some of the fields may have become since. */
  readonly grown?: Properties | undefined;
  /** Beyond those every index has. */
  readonly settings?: estypes.IndicesIndexSettings | undefined;
}

/** Thrown where an index was made with fields that this version cannot use. */
export class IndexConflictError extends Error {
  override readonly name = 'IndexConflictError';
}

/**
 * Makes sure that there is an index for an alias, with at least these fields. Processes may do so at the same time, of
 * two versions too: fields are only ever added.
 *
 * @throws IndexConflictError where a field is there with another type.
 */
export async function ensureIndex(
  connection: ElasticsearchConnection,
  alias: string,
  definition: IndexDefinition,
): Promise<void> {
  if (!(await connection.read((client) => client.indices.existsAlias({ name: alias }))))
    await create(connection, alias, definition);
  await connection.read((client) => client.cluster.health({ index: alias, wait_for_status: 'yellow', timeout: '8s' }));
  const mapped = await connection.read((client) => client.indices.getMapping({ index: alias }));
  for (const [index, { mappings }] of Object.entries(mapped)) {
    const missing = missingFields(index, mappings.properties ?? {}, definition);
    if (Object.keys(missing).length === 0) continue;
    const _meta = { version: Math.max(definition.version, versionOf(mappings)) };
    await connection.define((client) => client.indices.putMapping({ index, properties: missing, _meta }));
  }
}

/** Makes sure that indices of this pattern are made with these fields from now on; a newer version's say stays. */
export async function ensureTemplate(
  connection: ElasticsearchConnection,
  { name, pattern }: { readonly name: string; readonly pattern: string },
  definition: IndexDefinition,
): Promise<void> {
  const found = await connection.read((client) => client.indices.getIndexTemplate({ name }, { ignore: [404] }));
  const stored = found.index_templates?.[0]?.index_template.version ?? 0;
  if (stored > definition.version) return;
  await connection.define((client) =>
    client.indices.putIndexTemplate({
      name,
      index_patterns: [pattern],
      priority: 500,
      version: definition.version,
      template: bodyOf(connection, definition),
    }),
  );
}

async function create(connection: ElasticsearchConnection, alias: string, definition: IndexDefinition): Promise<void> {
  try {
    await connection.define((client) =>
      client.indices.create({
        index: `${alias}-000001`,
        aliases: { [alias]: { is_write_index: true } },
        ...bodyOf(connection, definition),
      }),
    );
  } catch (error) {
    if (refusedFor(error, 'invalid_alias_name_exception'))
      throw new IndexConflictError(
        `'${alias}' is an index of its own, where an alias is wanted: set ATTUNE_STORE_PREFIX to another prefix, or ` +
          'remove that index',
        { cause: error },
      );
    if (!refusedFor(error, 'already_exists_exception')) throw error;
  }
}

function bodyOf(
  { options }: ElasticsearchConnection,
  { version, properties, settings }: IndexDefinition,
): { readonly settings: estypes.IndicesIndexSettings; readonly mappings: estypes.MappingTypeMapping } {
  return {
    settings: {
      number_of_shards: options.shards ?? 1,
      auto_expand_replicas: '0-1',
      refresh_interval: options.refreshInterval ?? '1s',
      ...settings,
    },
    mappings: { dynamic: false, _meta: { version }, properties },
  };
}

function missingFields(index: string, there: Properties, { properties, grown }: IndexDefinition): Properties {
  const missing: Properties = {};
  for (const [field, type] of Object.entries(properties)) {
    const found = there[field];
    if (found === undefined) missing[field] = type;
    else if (!agree(found, type) && !(grown?.[field] && agree(found, grown[field])))
      throw new IndexConflictError(
        `index ${index} holds field '${field}' as ${JSON.stringify(found)}, wanted is ${JSON.stringify(type)}: ` +
          'set ATTUNE_STORE_PREFIX to another prefix and import again, or put the setting back that was changed',
      );
  }
  return missing;
}

/** Whether a field is what is wanted; the server adds defaults of its own to what it tells. */
function agree(found: unknown, wanted: unknown): boolean {
  if (wanted === null || typeof wanted !== 'object' || Array.isArray(wanted)) return isDeepStrictEqual(found, wanted);
  if (found === null || typeof found !== 'object') return false;
  return Object.entries(wanted).every(([key, value]) =>
    agree((found as Readonly<Record<string, unknown>>)[key], value),
  );
}

function versionOf({ _meta }: estypes.MappingTypeMapping): number {
  const version: unknown = _meta?.['version'];
  return typeof version === 'number' ? version : 0;
}

function refusedFor(error: unknown, reason: string): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof errors.ResponseError && cause.message.includes(reason);
}
