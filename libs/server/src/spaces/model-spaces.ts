import type { Registry } from '@attune/engine';
import type { ArtifactStore, Space } from '@attune/sdk';
import type { Config } from '../config/config.schema.js';
import { bySpace, inUseOf, saidOf, type Aliases, type InUse } from './space-alias.js';

/** One of the two places for the item factors of a model: while one is in use the next model's are put into the other. */
export interface ModelSlot extends Space {
  readonly name: string;
  readonly digest: string;
  readonly ofText: false;
  /** Nobody embeds into it. */
  readonly admits: () => false;
}

const SLOTS = ['a', 'b'] as const;

/** The slots of all models that are to be in the search index; their trainers have an option `dims`. */
export function modelSlots(train: Config['train'], registry: Registry): readonly ModelSlot[] {
  return train
    .filter(({ index }) => index)
    .flatMap(({ use, config }) => {
      const dims = dimsOf(registry.get('trainer', use)!.plugin.config.parse(config));
      return SLOTS.map((slot): ModelSlot => {
        // Of another length they are other vectors.
        const digest = `${slot}-${dims}`;
        return { id: `${use}@${digest}`, name: use, digest, dims, metric: 'dot', ofText: false, admits: () => false };
      });
    });
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

  /** The slot that is not in use; undefined where the model is not to be in the index. */
  async free(name: string): Promise<ModelSlot | undefined> {
    const slots = this.#slots.get(name);
    if (slots === undefined) return undefined;
    const { version } = await saidOf(name, slots, this.artifacts);
    return slots.find((slot) => slot !== version);
  }
}
