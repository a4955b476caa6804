import type { ArtifactStore, Space } from '@attune/sdk';

/** The version of a space that is in use, and the artifact that says so. */
export interface InUse<V extends Space = Space> {
  readonly version: V;
  readonly artifact: string;
  /** Digest of that artifact; `missing` where nothing was ever said. */
  readonly digest: string;
}

/** Where it is said what is in use. */
export type Aliases = Pick<ArtifactStore, 'promoted' | 'open'>;

/** Name of the artifact whose promotion says which version of a space is in use: its alias. */
export const aliasOf = (space: string): string => `space:${space}`;

/** What the alias of a space stands for; no version where none that is known here. */
export async function saidOf<V extends { readonly digest: string }>(
  space: string,
  versions: readonly V[],
  artifacts: Aliases,
): Promise<{ readonly digest?: string; readonly version?: V }> {
  const artifact = aliasOf(space);
  const digest = await artifacts.promoted(artifact);
  if (digest === undefined) return {};
  // One that cannot be read says nothing: the server starts with what is configured.
  const manifest = await artifacts.open(artifact, digest).catch(() => undefined);
  const version = versions.find((one) => one.digest === manifest?.meta['digest']);
  return { digest, ...(version && { version }) };
}

/** The version of each space that is in use, by name of the space; its first version where nothing that is known is said. */
export async function inUseOf<V extends Space & { readonly digest: string }>(
  spaces: ReadonlyMap<string, readonly V[]>,
  artifacts: Aliases,
): Promise<ReadonlyMap<string, InUse<V>>> {
  const all = Array.from(spaces, async ([space, versions]): Promise<[string, InUse<V>]> => {
    const { digest = 'missing', version = versions[0]! } = await saidOf(space, versions, artifacts);
    return [space, { version, artifact: aliasOf(space), digest }];
  });
  return new Map(await Promise.all(all));
}

/** Versions by the name of their space, each in their order. */
export function bySpace<V extends { readonly name: string }>(versions: Iterable<V>): ReadonlyMap<string, readonly V[]> {
  const spaces = new Map<string, V[]>();
  for (const version of versions) spaces.set(version.name, [...(spaces.get(version.name) ?? []), version]);
  return spaces;
}
