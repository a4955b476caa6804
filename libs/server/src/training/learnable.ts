import type { Registry } from '@attune/engine';
import type { Item, TenantStores, TrainingData } from '@attune/sdk';
import type { Config } from '../config/config.schema.js';
import { trainerOf } from './fit-model.js';
import type { SpaceVersions } from '../spaces/space-versions.js';
import { withExposures } from './past-exposures.js';
import { withItemVectors } from './with-item-vectors.js';
import { withUserAttributes } from './user-attributes.js';

/** Items read at once. */
const PAGE = 500;

export interface LearnableParts {
  readonly registry: Registry;
  readonly stores: Pick<TenantStores, 'events' | 'slates' | 'items' | 'users'>;
  readonly versions: SpaceVersions;
  /** Users who do not consent to profiling. */
  readonly refusing: ReadonlySet<string>;
  readonly signal: AbortSignal;
}

/** The log with what a configured trainer learns from beside it. Throws as `trainerOf`. */
export async function learnable(
  entry: Config['train'][number],
  data: TrainingData,
  { registry, stores, versions, refusing, signal }: LearnableParts,
): Promise<TrainingData> {
  const { registered, options } = trainerOf(entry, registry);
  const { plugin } = registered;
  const { exposures, itemAttributes } = plugin.learnsFrom(options);
  const shown =
    exposures === undefined
      ? data
      : await withUserAttributes(await withExposures(data, stores, { ...exposures, refusing, signal }), stores.users);
  const described = itemAttributes === undefined ? shown : await withItemAttributes(shown, itemAttributes, stores);
  return withItemVectors(described, plugin.itemVectors, { items: stores.items, versions });
}

async function withItemAttributes(
  data: TrainingData,
  paths: readonly string[],
  { items }: LearnableParts['stores'],
): Promise<TrainingData> {
  const all: (Partial<Item> | undefined)[] = [];
  for (let from = 0; from < data.itemIds.length; from += PAGE)
    for (const item of await items.get(data.itemIds.slice(from, from + PAGE))) all.push(item && partOf(item, paths));
  return { ...data, itemAttributes: all };
}

/** Only what the paths name: an item can have thousands of words beside it. */
function partOf(item: Item, paths: readonly string[]): Partial<Item> {
  const members = new Set(paths.map((path) => path.split('.', 1)[0]!));
  const part = Object.fromEntries(Object.entries(item).filter(([name]) => members.has(name)));
  const attributes = Object.entries(item.attributes ?? {}).filter(([name]) => paths.includes(`attributes.${name}`));
  return attributes.length === 0 ? part : { ...part, attributes: Object.fromEntries(attributes) };
}
