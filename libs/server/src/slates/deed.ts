import { itemsOf, type StoredEvent } from '@attune/sdk';
import { isAttributed, type SlateDeed } from './joined-slate.js';

/** What an event says about a slate, which one, and who did it where that is known. */
export type Deed = SlateDeed & Pick<StoredEvent, 'userId' | 'anonymousId'> & { readonly slateId: string };

/** Undefined where the event says nothing about a slate. */
export function deedOf(event: StoredEvent): Deed | undefined {
  const { type, at, slateId, userId, anonymousId } = event;
  return slateId === undefined || !isAttributed(type)
    ? undefined
    : { type, at, slateId, userId, anonymousId, items: itemsOf(event) };
}

/** Deeds by their slates, those of the oldest ones forgotten where they are too many. */
export class DeedsBySlate {
  readonly #deeds = new Map<string, Deed[]>();
  #size = 0;

  /** `most`: deeds that are kept. */
  constructor(private readonly most = Infinity) {}

  add(deed: Deed): void {
    const known = this.#deeds.get(deed.slateId);
    if (known === undefined) this.#deeds.set(deed.slateId, [deed]);
    else known.push(deed);
    this.#size += 1;
    for (const oldest of this.#deeds.keys()) {
      if (this.#size <= this.most) break;
      this.take(oldest);
    }
  }

  /** Removes and gives the deeds of a slate, in the order they were told in. */
  take(slateId: string): readonly Deed[] {
    const deeds = this.#deeds.get(slateId) ?? [];
    this.#deeds.delete(slateId);
    this.#size -= deeds.length;
    return deeds;
  }
}
