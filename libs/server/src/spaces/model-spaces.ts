import type { Registry } from '@attune/engine';
import type { ArtifactStore, Item, Space } from '@attune/sdk';
import type { Config } from '../config/config.schema.js';
import type { EncodedSpace } from '../platform/encoders.js';
import { bySpace, inUseOf, saidOf, type Aliases, type InUse } from './space-alias.js';

/** One of the two places for the items of a model: while one is in use the next model's are put into the other. */
export interface ModelSlot extends Space {
  readonly name: string;
  readonly digest: string;
  /** Whether its vectors are made of those of a space of texts, and go when the text of their item changes. */
  readonly ofText: boolean;
  /** Version of the space that its vectors are made of; undefined: they are factors that a training gives to items it knows. */
  readonly of?: string;
  /** Whether an item is to have a vector there. */
  readonly admits: (item: Item) => boolean;
}

/** A slot that items are placed in, and the digest of the alias that says so. */
export type DerivedSlot = ModelSlot & { readonly alias: string };

const SLOTS = ['a', 'b'] as const;

/**
 * The slots of all models that are to be in the search index. Of those whose trainer reads vectors there are two for each version of
 * that space; of others, which have an option `dims`, two of that length.
 */
export function modelSlots(
  train: Config['train'],
  registry: Registry,
  versions: Iterable<EncodedSpace> = [],
): readonly ModelSlot[] {
  const encoded = bySpace(versions);
  return train
    .filter(({ index }) => index)
    .flatMap(({ use, config }) => {
      const { itemVectors, config: schema } = registry.get('trainer', use)!.plugin;
      const [space] = itemVectors;
      if (space !== undefined)
        return (encoded.get(space) ?? []).flatMap((version) => SLOTS.map((slot) => derivedSlot(use, slot, version)));
      const dims = dimsOf(schema.parse(config));
      return SLOTS.map((slot) => factorSlot(use, slot, dims));
    });
}

function factorSlot(name: string, slot: string, dims: number): ModelSlot {
  // Of another length they are other vectors.
  const digest = `${slot}-${dims}`;
  return { id: `${name}@${digest}`, name, digest, dims, metric: 'dot', ofText: false, admits: () => false };
}

function derivedSlot(name: string, slot: string, { id: of, name: space, dims, admits }: EncodedSpace): ModelSlot {
  // A version's id is that of its space and a digest.
  const digest = `${slot}-${of.slice(space.length + 1)}`;
  return { id: `${name}@${digest}`, name, digest, dims, metric: 'cosine', ofText: true, of, admits };
}

/** Length of the factors that a trainer with these options makes; 0 where it has no such option. */
export function dimsOf(options: unknown): number {
  const { dims } = Object(options) as { readonly dims?: unknown };
  return typeof dims === 'number' ? dims : 0;
}

/** The spaces of a tenant's models, and which slot of each is in use. */
export class ModelSpaces {
  readonly #slots: ReadonlyMap<string, readonly ModelSlot[]>;

  constructor(
    slots: readonly ModelSlot[],
    private readonly artifacts: ArtifactStore,
  ) {
    this.#slots = bySpace(slots);
  }

  /** By the model's name, as these artifacts say; the first slot, which is empty, where no model was ever put into the index. */
  async inUse(artifacts: Aliases): Promise<ReadonlyMap<string, InUse<ModelSlot>>> {
    return await inUseOf(this.#slots, artifacts);
  }

  /**
   * The slot that is not in use, of those whose vectors are made of version `of` where they are made of any; undefined where the
   * model is not to be in the index.
   */
  async free(name: string, of?: string): Promise<ModelSlot | undefined> {
    const slots = this.#slots.get(name);
    if (slots === undefined) return undefined;
    const { version } = await saidOf(name, slots, this.artifacts);
    return slots.find((slot) => slot !== version && slot.of === of);
  }

  /** Slots in use whose vectors are made of others, with the digest of their alias: items are to be placed there. */
  async derived(): Promise<readonly DerivedSlot[]> {
    const found = await Promise.all(
      Array.from(this.#slots, async ([name, slots]) => {
        const { version, digest } = await saidOf(name, slots, this.artifacts);
        return version?.of === undefined ? [] : [{ ...version, alias: digest! }];
      }),
    );
    return found.flat();
  }

  /** Whether this is the id of a slot whose vectors are made of others. */
  isDerived(id: string): boolean {
    return [...this.#slots.values()].flat().some((slot) => slot.id === id && slot.of !== undefined);
  }
}
