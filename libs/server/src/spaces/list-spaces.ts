import { z } from 'zod';
import type { TenantPlatform } from '../platform/tenant-platform.js';

const versionSchema = z.strictObject({
  id: z.string().describe('Space and digest, as `PUT /v1/spaces/{space}` takes it.'),
  model: z.string().describe('Name or folder of the model, or the id of the plugin.'),
  digest: z.string(),
  dims: z.int(),
  metric: z.enum(['cosine', 'dot', 'euclidean']),
  inUse: z.boolean(),
  missing: z.int().describe('Items that lack their vector in it.'),
});

export const spacesSchema = z
  .strictObject({
    items: z.int().describe('Items of the catalogue.'),
    spaces: z.array(z.strictObject({ space: z.string(), versions: z.array(versionSchema) })),
  })
  .meta({ id: 'Spaces' });
export type Spaces = z.output<typeof spacesSchema>;

/** The spaces of a tenant, their versions, and how far each is filled. */
export async function listSpaces({
  spaces,
  stores: { items },
}: Pick<TenantPlatform, 'spaces' | 'stores'>): Promise<Spaces> {
  const inUse = await spaces.inUse();
  const all = spaces.spaces.map(async (space) => {
    const versions = spaces.of(space).map(async (version) => {
      const { id, model, digest, dims, metric } = version;
      const missing = await items.countWithoutVector(id);
      return { id, model, digest, dims, metric, inUse: inUse.get(space)!.version === version, missing };
    });
    return { space, versions: await Promise.all(versions) };
  });
  return { items: await items.size(), spaces: await Promise.all(all) };
}
