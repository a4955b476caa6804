import type { Registry } from '@attune/engine';
import { itemPart, type Item, type TenantStores, type TrainingData } from '@attune/sdk';
import type { Config } from '../config/config.schema.js';
import { trainerOf } from './fit-model.js';
import type { EncodedSpace } from '../platform/encoders.js';
import type { SpaceVersions } from '../spaces/space-versions.js';
import { withExposures } from './past-exposures.js';
import { versionsRead, withItemVectors } from './with-item-vectors.js';
import { withUserAttributes } from './user-attributes.js';

/** Items read at once. */
const PAGE = 500;

export interface LearnableParts {
  readonly registry: Registry;
  readonly stores: Pick<TenantStores, 'events' | 'slates' | 'items' | 'users'>;
  readonly versions: SpaceVersions;
  /** Users who do not consent to profiling. */
  readonly refusing: ReadonlySet<string>;
  /** From when on a person is not looked at, epoch milliseconds; default: never. */
  readonly until?: (userId: string) => number;
  /** Versions whose vectors are read, by space; default: those in use. */
  readonly of?: ReadonlyMap<string, EncodedSpace>;
  readonly signal: AbortSignal;
}

/** The log with what a configured trainer learns from beside it. Throws as `trainerOf`. */
export async function learnable(
  entry: Config['train'][number],
  data: TrainingData,
  { registry, stores, versions, of, ...asked }: LearnableParts,
): Promise<TrainingData> {
  const { registered, options } = trainerOf(entry, registry);
  const { plugin } = registered;
  const { exposures, itemAttributes } = plugin.learnsFrom(options);
  const shown =
    exposures === undefined
      ? data
      : await withUserAttributes(await withExposures(data, stores, { ...exposures, ...asked }), stores.users);
  const described = itemAttributes === undefined ? shown : await withItemAttributes(shown, itemAttributes, stores);
  return withItemVectors(described, of ?? (await versionsRead(plugin, versions)), stores.items);
}

async function withItemAttributes(
  data: TrainingData,
  paths: readonly string[],
  { items }: LearnableParts['stores'],
): Promise<TrainingData> {
  const all: (Partial<Item> | undefined)[] = [];
  for (let from = 0; from < data.itemIds.length; from += PAGE)
    for (const item of await items.get(data.itemIds.slice(from, from + PAGE))) all.push(item && itemPart(item, paths));
  return { ...data, itemAttributes: all };
}
