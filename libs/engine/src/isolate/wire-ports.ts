import { calledOpened, opens, remotelyOpened } from './opened-ports.js';
import { isCall, valueOf, type AskPort, type PortAnswer, type PortCall } from './port-call.js';
import {
  PortError,
  vocabularyOf,
  type Artifact,
  type Call,
  type Host,
  type HostPorts,
  type ItemCounts,
  type JsonValue,
  type PortName,
  type TypedArray,
  type Vocabulary,
} from '@attune/sdk';

/** The methods that cross, a list a port (none: the port does not); a trailing `Call` stays behind and is given anew on the other side. */
const METHODS: { readonly [P in PortName]: readonly (keyof HostPorts[P] & string)[] } = {
  artifacts: ['open'],
  vectorIndex: ['knn'],
  textIndex: ['lexical', 'score', 'coverage'],
  itemVectors: ['gather'],
  embed: ['query'],
  counts: ['window'],
  documents: ['get'],
  pairScore: ['open'],
  graphs: [],
  llm: ['open'],
  interests: ['of'],
};

interface WireArtifact {
  readonly name: string;
  readonly digest: string;
  readonly meta: Readonly<Record<string, JsonValue>>;
  readonly arrays: Readonly<Record<string, TypedArray>>;
  readonly ids: Readonly<Record<string, readonly string[]>>;
}
interface WireCounts {
  readonly total: number;
  readonly ids: readonly string[];
  readonly byRow: Int32Array;
}

const idsOf = (vocabulary: Vocabulary): string[] =>
  Array.from({ length: vocabulary.size }, (_, row) => vocabulary.id(row));

/** Answers one call on the side that has the real ports. */
export async function answerPortCall(
  ports: Host<PortName>,
  { port, method, args }: PortCall,
  call: Call,
): Promise<PortAnswer> {
  try {
    // The message comes from the plugin's thread: what it asks for is checked here, not there.
    if (!Object.hasOwn(ports, port) || !METHODS[port].includes(method as never))
      throw new Error(`the plugin did not declare ${port}.${method}: name the port in 'uses'`);
    const target = ports[port] as unknown as Record<string, (...all: readonly unknown[]) => Promise<unknown>>;
    if (opens(port)) return { value: await calledOpened(ports, port, args, call) };
    const value = await target[method]!(...args, call);
    if (port === 'artifacts') return { value: packArtifact(value as Artifact) };
    if (port === 'counts') return { value: packCounts(value as ItemCounts) };
    return { value };
  } catch (error) {
    if (error instanceof PortError) return { error: error.detail, code: error.code };
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** The ports as a plugin in another thread sees them. */
export function remotePorts(uses: readonly PortName[], ask: AskPort): Host<PortName> {
  const ports = uses.map((port) => [
    port,
    port === 'graphs'
      ? NO_GRAPHS
      : Object.fromEntries(
          METHODS[port].map((method) => [
            method,
            async (...all: readonly unknown[]) => {
              const args = all.filter((arg) => !isCall(arg));
              const sent = opens(port) ? [args] : args;
              const answer = valueOf(await ask({ port, method, args: sent }, all.find(isCall)));
              if (port === 'artifacts') return unpackArtifact(answer as WireArtifact);
              if (port === 'counts') return unpackCounts(answer as WireCounts);
              if (opens(port)) return remotelyOpened(port, args, answer as object, ask);
              return answer;
            },
          ]),
        ),
  ]);
  return Object.fromEntries(ports) as Host<PortName>;
}

/** A thread that overruns is ended, and in the middle of a graph's run that would end the process. */
const NO_GRAPHS: HostPorts['graphs'] = {
  open: () =>
    Promise.reject(new Error("port 'graphs' is not there in a worker thread: set isolate: false for the step")),
};

const packCounts = ({ total, vocabulary, byRow }: ItemCounts): WireCounts => ({ total, ids: idsOf(vocabulary), byRow });
const unpackCounts = ({ total, ids, byRow }: WireCounts): ItemCounts => ({
  total,
  vocabulary: vocabularyOf(ids),
  byRow,
});

function packArtifact(artifact: Artifact): WireArtifact {
  const { name, digest, meta, contents } = artifact;
  return {
    name,
    digest,
    meta,
    arrays: Object.fromEntries(contents.arrays.map((key) => [key, artifact.array(key)])),
    ids: Object.fromEntries(contents.ids.map((key) => [key, idsOf(artifact.ids(key))])),
  };
}

function unpackArtifact({ name, digest, meta, arrays, ids }: WireArtifact): Artifact {
  const vocabularies = Object.fromEntries(Object.entries(ids).map(([key, list]) => [key, vocabularyOf(list)]));
  const array = (key: string): TypedArray => arrays[key] ?? missing(name, key);
  return {
    name,
    digest,
    meta,
    contents: { arrays: Object.keys(arrays), ids: Object.keys(ids) },
    array,
    floats: (key) => (arrays[key] instanceof Float32Array ? arrays[key] : missing(name, key)),
    ints: (key) => (arrays[key] instanceof Int32Array ? arrays[key] : missing(name, key)),
    ids: (key) => vocabularies[key] ?? missing(name, key),
  };
}

function missing(name: string, key: string): never {
  throw new RangeError(`artifact ${name} has no '${key}' of that type`);
}
