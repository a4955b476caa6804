import type { SearchIndex, TrainingData, VectorBlock } from '@attune/sdk';
import type { SpaceVersions } from '../spaces/space-versions.js';

/** Items whose vectors are read at once. */
const PAGE = 1_000;

export interface VectorParts {
  readonly items: Pick<SearchIndex, 'gather'>;
  readonly versions: SpaceVersions;
}

/** The same data with the vectors that its items have in some spaces: those of the versions in use. Throws `SPACE_NOT_FOUND`. */
export async function withItemVectors(
  data: TrainingData,
  spaces: readonly string[],
  { items, versions }: VectorParts,
): Promise<TrainingData> {
  if (spaces.length === 0) return data;
  const blocks: [string, VectorBlock][] = [];
  for (const space of spaces) {
    const { id, dims, metric } = await versionOf(space, versions);
    const all = new Float32Array(data.itemIds.length * dims);
    for (let from = 0; from < data.itemIds.length; from += PAGE)
      all.set((await items.gather(id, data.itemIds.slice(from, from + PAGE))).data, from * dims);
    blocks.push([space, { rows: data.itemIds.length, dims, data: all, metric }]);
  }
  return { ...data, itemVectors: Object.fromEntries(blocks) };
}

/** The version of a space that is in use. Throws `SPACE_NOT_FOUND`. */
export async function versionOf(space: string, versions: SpaceVersions) {
  versions.of(space);
  return (await versions.inUse()).get(space)!.version;
}
