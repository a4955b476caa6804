import {
  PortError,
  vocabularyOf,
  type Artifact,
  type Call,
  type GraphFeed,
  type GraphSession,
  type Host,
  type Vocabulary,
} from '@attune/sdk';
import { isOfCandidate, type ForeignFeed } from './feed.schema.js';
import {
  FOREIGN,
  foreignArtifact,
  foreignMetaSchema,
  type ForeignDeclaration,
  type ForeignInput,
} from './foreign-model.schema.js';
import { graphInput } from './graph-input.js';
import { requestValues, type FeedView, type RequestFeeding } from './request-feeds.js';

type Kind = ForeignDeclaration['kind'];
export type DeclarationOf<K extends Kind> = Extract<ForeignDeclaration, { readonly kind: K }>;

/** An input of the graph and what it is fed. */
export interface FedInput extends ForeignInput {
  readonly feed: ForeignFeed;
}

/** A foreign model that is ready to run. */
export interface ForeignModel<K extends Kind> {
  readonly artifact: Artifact;
  readonly declaration: DeclarationOf<K>;
  /** Inputs fed by candidates, and those fed by requests. */
  readonly ofCandidates: readonly FedInput[];
  readonly ofRequests: readonly FedInput[];
  readonly vocabulary: Vocabulary;
  readonly dims: number;
  readonly session: GraphSession;
}

/** Opens the foreign model of a name. Rejects with `ARTIFACT_MISSING` where none of the kind was imported. */
export async function openForeign<K extends Kind>(
  name: string,
  kind: K,
  { artifacts, graphs }: Host<'artifacts' | 'graphs'>,
): Promise<ForeignModel<K>> {
  const artifact = await artifacts.open(foreignArtifact(kind, name)).catch((error: unknown) => {
    if (!(error instanceof PortError) || error.code !== 'ARTIFACT_MISSING') throw error;
    const fix = `attune models import FILE.onnx --kind ${kind} --name ${name}`;
    throw new PortError(error.code, `no imported ${kind} '${name}': ${fix}`);
  });
  const { declaration, inputs, dims } = foreignMetaSchema.parse(artifact.meta);
  if (!isOfKind(declaration, kind)) throw new RangeError(`artifact ${artifact.name} holds a ${declaration.kind}`);
  const fed = inputs.map((input) => ({ ...input, feed: declaration.inputs[input.name]! }));
  return {
    artifact,
    declaration,
    dims,
    ofCandidates: fed.filter(({ feed }) => isOfCandidate(feed)),
    ofRequests: fed.filter(({ feed }) => !isOfCandidate(feed)),
    vocabulary: artifact.contents.ids.includes(FOREIGN.items) ? artifact.ids(FOREIGN.items) : vocabularyOf([]),
    session: await graphs.open(bytesOf(artifact)),
  };
}

function bytesOf(artifact: Artifact): Uint8Array {
  const graph = artifact.array(FOREIGN.graph);
  return new Uint8Array(graph.buffer, graph.byteOffset, graph.byteLength);
}

function isOfKind<K extends Kind>(declaration: ForeignDeclaration, kind: K): declaration is DeclarationOf<K> {
  return declaration.kind === kind;
}

/**
 * Inputs that a request fills, each row `rows(feed)` times; undefined where the model shall not guess: an unknown user,
 * or no query.
 */
export async function requestInputs(
  inputs: readonly FedInput[],
  view: FeedView,
  feeding: RequestFeeding,
  call: Call,
): Promise<ReadonlyMap<FedInput, ArrayLike<number>> | undefined> {
  const filled = new Map<FedInput, ArrayLike<number>>();
  for (const input of inputs) {
    const values = await requestValues(input.feed, view, feeding, call);
    if (values === undefined) return undefined;
    filled.set(input, values);
  }
  return filled;
}

/** Feeds of one row an input. */
export const singleRows = (filled: ReadonlyMap<FedInput, ArrayLike<number>>): Readonly<Record<string, GraphFeed>> =>
  Object.fromEntries(Array.from(filled, ([input, values]) => [input.name, graphInput(input, values, values.length)]));
