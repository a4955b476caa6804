import type { Footing } from '@attune/engine';
import type { EmbedPort, Space, TenantStores } from '@attune/sdk';
import { hostPorts, type ModelPorts } from '../platform/host-ports.js';
import type { ModelSpaces } from './model-spaces.js';
import type { SpaceVersions } from './space-versions.js';
import type { InUse } from './space-alias.js';
import { versionedItems } from './versioned-items.js';

export interface FootingParts extends ModelPorts {
  readonly stores: TenantStores;
  /** By id of the version. */
  readonly embed: EmbedPort;
  readonly versions: SpaceVersions;
  readonly models: ModelSpaces;
  readonly warn: (line: string) => void;
  /** Opens the model of a version, so that the first query in it is not late. */
  readonly wake: (version: string) => Promise<void>;
}

/** What pipelines stand on while the versions in use are the ones that the artifacts say now. */
export async function footingOf({ stores, versions, models, wake, ...parts }: FootingParts): Promise<Footing> {
  const [ofTexts, ofModels] = await Promise.all([versions.inUse(stores.artifacts), models.inUse(stores.artifacts)]);
  const inUse = new Map<string, InUse>([...ofTexts, ...ofModels]);
  const ids = new Map(Array.from(inUse, ([space, { version }]) => [space, version.id]));
  // A model that is made of the vectors of a version names that version, whichever is in use by now.
  for (const space of versions.spaces) for (const { id } of versions.of(space)) ids.set(id, id);
  const [main] = Array.from(ofTexts.values(), ({ version }) => version.id);
  if (main !== undefined) await wake(main);
  const items = versionedItems(stores.items, ids);
  const embed: EmbedPort = { query: (space, text, call) => parts.embed.query(ids.get(space) ?? space, text, call) };
  return {
    ports: hostPorts({ ...stores, items }, embed, parts.warn, parts),
    stores: { items, events: stores.events, users: stores.users },
    spaces: new Map(Array.from(inUse, ([name, { version }]) => [name, spaceOf(name, version)])),
    spaceArtifacts: new Map(Array.from(inUse.values(), ({ artifact, digest }) => [artifact, digest])),
  };
}

const spaceOf = (id: string, { dims, metric }: Space): Space => ({ id, dims, metric });
