import {
  PortError,
  type Artifact,
  type EmbedPort,
  type GraphPort,
  type HostPorts,
  type LlmPort,
  type PairScorePort,
  type TenantStores,
} from '@attune/sdk';
import { NO_GRAPHS } from './open-graphs.js';
import { interestsPort } from '../interests/interests-port.js';
import { NO_LLM } from '../llm/open-llm.js';
import { NO_PAIR_SCORERS } from './pair-scorers.js';

/** What of a tenant's stores its plugins reach. */
export interface HostStores extends Pick<TenantStores, 'artifacts' | 'events' | 'records' | 'users'> {
  readonly items: Pick<TenantStores['items'], 'knn' | 'lexical' | 'score' | 'coverage' | 'gather' | 'get'>;
}

/** Models of the process that plugins ask. */
export interface ModelPorts {
  readonly pairScore: PairScorePort;
  readonly graphs: GraphPort;
  /** A tenant's own: its budget and its cached answers. */
  readonly llm: LlmPort;
}

const NO_MODELS: ModelPorts = { pairScore: NO_PAIR_SCORERS, graphs: NO_GRAPHS, llm: NO_LLM };

/** What plugins of one tenant may be handed: its stores seen through ports, and nothing else. */
export function hostPorts(
  stores: HostStores,
  embed: EmbedPort,
  warn: (line: string) => void,
  { pairScore, graphs, llm }: ModelPorts = NO_MODELS,
): HostPorts {
  const { items, events, artifacts } = stores;
  return {
    artifacts: {
      async open(name): Promise<Artifact> {
        const digest = await artifacts.promoted(name);
        if (digest === undefined)
          throw new PortError('ARTIFACT_MISSING', `no model '${name}' yet: POST /v1/jobs {"type":"train"}`);
        return artifacts.open(name, digest).catch((error: unknown) => {
          // One that cannot be read is one that is not there: the server starts, says so, and can train it again.
          const why = error instanceof Error ? error.message : String(error);
          warn(`model '${name}' cannot be used and waits to be trained again: ${why}`);
          throw new PortError('ARTIFACT_MISSING', `model '${name}' cannot be read: POST /v1/jobs {"type":"train"}`);
        });
      },
    },
    vectorIndex: { knn: (query, call) => items.knn(query, call) },
    textIndex: {
      lexical: (query, call) => items.lexical(query, call),
      score: (text, ids, call) => items.score(text, ids, call),
      coverage: (query, ids, call) => items.coverage(query, ids, call),
    },
    itemVectors: { gather: (space, ids) => items.gather(space, ids) },
    documents: { get: (ids) => items.get(ids) },
    counts: { window: (query) => events.window(query) },
    embed,
    pairScore,
    graphs,
    llm,
    interests: interestsPort(stores),
  };
}
