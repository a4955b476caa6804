import { AttuneError, type ArtifactDraft, type ArtifactStore } from '@attune/sdk';
import type { EncodedSpace } from '../platform/encoders.js';
import { aliasOf, bySpace, inUseOf, saidOf, type Aliases, type InUse } from './space-alias.js';

/** What identifies a version, whichever process reads it. */
const manifestOf = ({ name, model, digest, dims, metric }: EncodedSpace): ArtifactDraft => ({
  meta: { space: name, model, digest, dims, metric },
  arrays: {},
  ids: {},
});

/** The versions of a tenant's spaces that configuration names, and which of them are in use. */
export class SpaceVersions {
  /** By name of the space, as configured: the first one is in use until another is said to be. */
  readonly #versions: ReadonlyMap<string, readonly EncodedSpace[]>;

  constructor(
    versions: Iterable<EncodedSpace>,
    private readonly artifacts: ArtifactStore,
  ) {
    this.#versions = bySpace(versions);
  }

  /** Names of the spaces. */
  get spaces(): readonly string[] {
    return [...this.#versions.keys()];
  }

  /** Whether a space has more than one version. */
  get hasSeveral(): boolean {
    return [...this.#versions.values()].some((versions) => versions.length > 1);
  }

  /**
   * Versions of a space, as configured.
   *
   * @throws AttuneError `SPACE_NOT_FOUND`
   */
  of(space: string): readonly EncodedSpace[] {
    const versions = this.#versions.get(space);
    if (versions !== undefined) return versions;
    throw new AttuneError('SPACE_NOT_FOUND', `no space '${space}'; there are ${this.spaces.join(', ')}`);
  }

  /**
   * A version by its id.
   *
   * @throws AttuneError `SPACE_NOT_FOUND`
   */
  version(space: string, id: string): EncodedSpace {
    const versions = this.of(space);
    const found = versions.find((version) => version.id === id);
    if (found !== undefined) return found;
    const known = versions.map((version) => version.id).join(', ');
    throw new AttuneError('SPACE_NOT_FOUND', `no version '${id}' of space '${space}'; there are ${known}`);
  }

  /** The version of every space that is in use, by name of the space, as these artifacts say; default the tenant's. */
  async inUse(artifacts: Aliases = this.artifacts): Promise<ReadonlyMap<string, InUse<EncodedSpace>>> {
    return await inUseOf(this.#versions, artifacts);
  }

  /** The versions that are in use. */
  async served(): Promise<readonly EncodedSpace[]> {
    return Array.from((await this.inUse()).values(), ({ version }) => version);
  }

  /** All the others: those that are filled to be switched to. */
  async others(): Promise<readonly EncodedSpace[]> {
    const served = new Set(await this.served());
    return [...this.#versions.values()].flat().filter((version) => !served.has(version));
  }

  /**
   * Says of a space what is in use where nothing that is configured is said to be: its first version. Nobody but a process
   * that fills spaces may, or one with an old configuration would undo a switch.
   */
  async adopt(): Promise<void> {
    for (const [space, versions] of this.#versions) {
      if ((await saidOf(space, versions, this.artifacts)).version !== undefined) continue;
      const { artifact, digest } = await this.alias(versions[0]!);
      await this.artifacts.promote(artifact, digest);
    }
  }

  /** Writes the artifact that stands for a version: its space is served by it once it is promoted. */
  async alias(version: EncodedSpace): Promise<{ readonly artifact: string; readonly digest: string }> {
    const artifact = aliasOf(version.name);
    return { artifact, digest: await this.artifacts.put(artifact, manifestOf(version)) };
  }
}
