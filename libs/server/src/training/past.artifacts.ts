import { decodeArtifact, encodeArtifact } from '@attune/algorithms';
import type { ArtifactDraft, ArtifactStore } from '@attune/sdk';
import { OpenedArtifact } from '@attune/stores';

/** Names of what spaces of texts follow from: which version of an encoder is in use says nothing of people. */
const SPACE = /^space:(?<name>.*)$/;

/**
 * A store as of the past: it has these models alone, in memory, and nothing is stored. Every other model is missing, since it may
 * have seen what came later. `trained`: names of the models that are trained here; spaces of their factors are missing too.
 */
export const pastArtifacts = (
  artifacts: ArtifactStore,
  models: ReadonlyMap<string, ArtifactDraft>,
  trained: readonly string[],
): ArtifactStore => {
  const isSpaceOfText = (name: string): boolean => {
    const space = SPACE.exec(name)?.groups?.['name'];
    return space !== undefined && !trained.includes(space);
  };
  return {
    ...refusingWrites,
    promoted: (name) =>
      isSpaceOfText(name) ? artifacts.promoted(name) : Promise.resolve(models.has(name) ? digestOf(name) : undefined),
    open(name, digest) {
      const draft = models.get(name);
      if (draft === undefined) return artifacts.open(name, digest);
      const { meta, arrays, ids } = draft;
      // Through its bytes, as every other model: what plugins are handed is the same.
      const lists = Object.fromEntries(Object.entries(ids).map(([key, list]) => [key, [...list]]));
      const content = decodeArtifact(encodeArtifact({ name, meta, arrays, ids: lists }));
      return Promise.resolve(new OpenedArtifact(digestOf(name), content));
    },
    list: (name) => artifacts.list(name),
  };
};

const digestOf = (name: string): string => `past ${name}`;

const refuse = (): Promise<never> => Promise.reject(new Error('the past is not written to'));
const refusingWrites = { put: refuse, promote: refuse };
