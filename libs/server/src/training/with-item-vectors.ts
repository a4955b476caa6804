import type { Plugin, SearchIndex, TrainingData, VectorBlock } from '@attune/sdk';
import type { EncodedSpace } from '../platform/encoders.js';
import type { SpaceVersions } from '../spaces/space-versions.js';

/** Items whose vectors are read at once. */
const PAGE = 1_000;

/** The versions in use of the spaces that a plugin reads, by space. Throws `SPACE_NOT_FOUND`. */
export async function versionsRead(
  { itemVectors }: Pick<Plugin, 'itemVectors'>,
  versions: SpaceVersions,
): Promise<ReadonlyMap<string, EncodedSpace>> {
  for (const space of itemVectors) versions.of(space);
  const inUse = await versions.inUse();
  return new Map(itemVectors.map((space) => [space, inUse.get(space)!.version]));
}

/** The same data with the vectors that its items have in these versions of spaces, by space. */
export async function withItemVectors(
  data: TrainingData,
  of: ReadonlyMap<string, EncodedSpace>,
  items: Pick<SearchIndex, 'gather'>,
): Promise<TrainingData> {
  if (of.size === 0) return data;
  const blocks: [string, VectorBlock][] = [];
  for (const [space, { id, dims, metric }] of of) {
    const all = new Float32Array(data.itemIds.length * dims);
    for (let from = 0; from < data.itemIds.length; from += PAGE)
      all.set((await items.gather(id, data.itemIds.slice(from, from + PAGE))).data, from * dims);
    blocks.push([space, { rows: data.itemIds.length, dims, data: all, metric }]);
  }
  return { ...data, itemVectors: Object.fromEntries(blocks) };
}
