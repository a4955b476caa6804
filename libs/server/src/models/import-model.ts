import { PipelineError } from '@attune/engine';
import { foreignArtifact } from '@attune/plugins';
import type { TenantPlatform } from '../platform/tenant-platform.js';
import { swapIn } from '../training/swap-in.js';
import { checkModel } from './check-model.js';
import type { ImportedModel, ModelImport } from './model-import.schema.js';
import { reasonOf, refuseModel } from './refuse-model.js';

/**
 * Stores a model made elsewhere under its digest and has the pipelines that name it use it at once, in every process.
 *
 * @throws AttuneError `MODEL_UNUSABLE` where it, or a pipeline that uses it, does not hold; the one before stays, or none is there
 */
export async function importModel(
  name: string,
  given: ModelImport,
  { stores, engine, spaces, graphs }: Pick<TenantPlatform, 'stores' | 'engine' | 'spaces' | 'graphs'>,
): Promise<ImportedModel> {
  const inUse = await spaces.inUse();
  const { draft, meta } = await checkModel(given, { graphs, dimsOf: (space) => inUse.get(space)?.version.dims });
  const artifact = foreignArtifact(meta.declaration.kind, name);
  const digest = await stores.artifacts.put(artifact, draft);
  await swapIn(artifact, digest, { stores, engine }).catch((error: unknown) => {
    if (!(error instanceof PipelineError)) throw error;
    throw refuseModel(`a pipeline cannot use it: ${reasonOf(error)}`, undefined, error);
  });
  return {
    name,
    kind: meta.declaration.kind,
    digest,
    inputs: meta.inputs.map((input) => input.name),
    items: given.items?.length ?? 0,
    dims: meta.dims,
    examples: given.examples?.length ?? 0,
  };
}
