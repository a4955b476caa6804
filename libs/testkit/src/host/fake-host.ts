import {
  itemsOf,
  vocabularyOf,
  type ArtifactDraft,
  type CountsPort,
  type DocumentsPort,
  type EmbedPort,
  type HostPorts,
  type PairScorePort,
  type PortName,
} from '@attune/sdk';
import { hashedWords, wordsOf } from '../worlds/hashed-words.js';
import type { World } from '../worlds/world.js';
import { fakeArtifacts } from './fake-artifacts.js';
import { fakeLlm } from './fake-llm.js';
import { NO_GRAPHS } from './no-graphs.js';
import { blockOf, fakeItemVectors, fakeTextIndex, fakeVectorIndex, refuseLate } from './fake-indexes.js';

/** The reference host: every port over a world, correct and simple, by brute force. */
export function fakeHost(world: World, artifacts: ReadonlyMap<string, ArtifactDraft> = new Map()): HostPorts {
  return {
    artifacts: fakeArtifacts(artifacts),
    vectorIndex: fakeVectorIndex(world),
    textIndex: fakeTextIndex(world),
    itemVectors: fakeItemVectors(world),
    embed: fakeEmbed(world),
    counts: fakeCounts(world),
    documents: fakeDocuments(world),
    pairScore: fakePairScore(),
    graphs: NO_GRAPHS,
    llm: fakeLlm(),
    interests: { of: () => Promise.resolve(['Often picks lamps']) },
  };
}

/** Only the ports named in `uses`; touching another is reported to `slip` and throws an error that names the fix. */
export function onlyPorts(
  host: HostPorts,
  uses: readonly PortName[],
  plugin: string,
  slip: (message: string) => void = () => undefined,
): HostPorts {
  return new Proxy(host, {
    get(target, name) {
      // A host that is awaited or printed is asked for names that are no ports.
      if (typeof name === 'symbol' || !(name in target)) return undefined;
      if (uses.includes(name as PortName)) return target[name as PortName];
      const message = `${plugin} touches port '${name}' without declaring it: add '${name}' to uses`;
      slip(message);
      throw new ReferenceError(message);
    },
  });
}

function fakeEmbed(world: World): EmbedPort {
  return {
    async query(space, text, call) {
      refuseLate(call);
      const { dims } = blockOf(world, space);
      const words = hashedWords(text);
      if (dims !== words.length)
        throw new RangeError(
          `space ${space} has ${dims} dimensions; the fake host embeds ${words.length}: pass { host: { embed } }`,
        );
      return words;
    },
  };
}

function fakeCounts(world: World): CountsPort {
  const vocabulary = vocabularyOf(world.items.map((item) => item.id));
  return {
    async window({ types, from, to }) {
      const byRow = new Int32Array(vocabulary.size);
      let total = 0;
      for (const event of world.events) {
        const at = Date.parse(event.at);
        if (!types.includes(event.type) || at <= from || at > to) continue;
        for (const id of itemsOf(event)) {
          const row = vocabulary.row(id);
          if (row >= 0) byRow[row]! += 1;
          total += 1;
        }
      }
      return { total, vocabulary, byRow };
    },
  };
}

function fakeDocuments(world: World): DocumentsPort {
  const byId = new Map(world.items.map((item) => [item.id, item]));
  return { get: async (ids) => ids.map((id) => byId.get(id)) };
}

/** Scores a pair by the words it shares, any model's name alike. */
function fakePairScore(): PairScorePort {
  return {
    open: async () => ({
      async score(query, texts, call) {
        refuseLate(call);
        const asked = new Set(wordsOf(query));
        return Float32Array.from(texts, (text) => wordsOf(text).filter((word) => asked.has(word)).length - 1);
      },
    }),
  };
}
