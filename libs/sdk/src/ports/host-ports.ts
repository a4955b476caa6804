import type { ArtifactsPort } from './artifacts.port.js';
import type { CountsPort } from './counts.port.js';
import type { DocumentsPort } from './documents.port.js';
import type { EmbedPort } from './embed.port.js';
import type { GraphPort } from './graphs.port.js';
import type { InterestsPort } from './interests.port.js';
import type { ItemVectorsPort } from './item-vectors.port.js';
import type { LlmPort } from './llm.port.js';
import type { PairScorePort } from './pair-score.port.js';
import type { TextIndexPort } from './text-index.port.js';
import type { VectorIndexPort } from './vector-index.port.js';

/** Every port a plugin may name in `uses`. It is handed those it names and no other. */
export interface HostPorts {
  readonly artifacts: ArtifactsPort;
  readonly vectorIndex: VectorIndexPort;
  readonly textIndex: TextIndexPort;
  readonly itemVectors: ItemVectorsPort;
  readonly embed: EmbedPort;
  readonly counts: CountsPort;
  readonly documents: DocumentsPort;
  readonly pairScore: PairScorePort;
  readonly graphs: GraphPort;
  readonly llm: LlmPort;
  readonly interests: InterestsPort;
}
export type PortName = keyof HostPorts;
export type Host<P extends PortName = never> = Pick<HostPorts, P>;
