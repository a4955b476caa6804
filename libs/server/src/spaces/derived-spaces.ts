import type { Registry } from '@attune/engine';
import type { Item, TenantStores } from '@attune/sdk';
import type { Config } from '../config/config.schema.js';
import type { DerivedSlot, ModelSlot, ModelSpaces } from './model-spaces.js';
import { placeBy, placeItems, type Place } from './place-items.js';
import { aliasOf } from './space-alias.js';

export interface DerivedParts {
  readonly config: Pick<Config, 'train'>;
  readonly registry: Registry;
  readonly stores: Pick<TenantStores, 'items' | 'artifacts'>;
  readonly models: ModelSpaces;
}

/** Spaces in use whose vectors a trained model makes of those of another: new items are placed there once they are embedded. */
export class DerivedSpaces {
  /** Of the newest model of each space, by its name. */
  readonly #places = new Map<string, { readonly alias: string; readonly place: Promise<Place> }>();

  constructor(private readonly parts: DerivedParts) {}

  /** Those that items are to have a vector in. */
  served(): Promise<readonly ModelSlot[]> {
    return this.parts.models.derived();
  }

  has(id: string): boolean {
    return this.parts.models.isDerived(id);
  }

  /** Places items; how many. None where another slot is in use by now. */
  async place(id: string, page: readonly Item[]): Promise<number> {
    const slot = (await this.parts.models.derived()).find((one) => one.id === id);
    return slot === undefined ? 0 : this.placeIn(slot, page);
  }

  /** Places items that just got a vector in this version wherever others are made of it. */
  async follow(version: string, page: readonly Item[]): Promise<void> {
    for (const slot of await this.parts.models.derived()) if (slot.of === version) await this.placeIn(slot, page);
  }

  private async placeIn(slot: DerivedSlot, page: readonly Item[]): Promise<number> {
    const known = this.#places.get(slot.name);
    const place = known?.alias === slot.alias ? known.place : this.opened(slot.name, slot.alias);
    return placeItems(this.parts.stores.items, slot, page, await place);
  }

  private opened(name: string, alias: string): Promise<Place> {
    const { config, registry, stores } = this.parts;
    const entry = config.train.find(({ use }) => use === name)!;
    const place = stores.artifacts.open(aliasOf(name), alias).then((model) => placeBy(entry, model, registry));
    this.#places.set(name, { alias, place });
    place.catch(() => this.#places.delete(name));
    return place;
  }
}
