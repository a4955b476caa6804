import { PortError, type Artifact, type EmbedPort, type HostPorts, type TenantStores } from '@attune/sdk';

/** What plugins of one tenant may be handed: its stores seen through ports, and nothing else. */
export function hostPorts(stores: TenantStores, embed: EmbedPort): HostPorts {
  const { items, events, artifacts } = stores;
  return {
    artifacts: {
      async open(name): Promise<Artifact> {
        const digest = artifacts.promoted(name);
        if (digest === undefined) throw new PortError('ARTIFACT_MISSING', `no model '${name}' yet: POST /v1/jobs {"type":"train"}`);
        return artifacts.open(name, digest);
      },
    },
    vectorIndex: { knn: (query, call) => items.knn(query, call) },
    textIndex: {
      lexical: (query, call) => items.lexical(query, call),
      score: (text, ids, call) => items.score(text, ids, call),
    },
    itemVectors: { gather: (space, ids) => items.gather(space, ids) },
    documents: { get: (ids) => items.get(ids) },
    counts: { window: (query) => events.window(query) },
    embed,
  };
}
