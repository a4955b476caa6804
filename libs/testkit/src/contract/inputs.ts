import type {
  Batch,
  Candidates,
  EventColumns,
  ExplainedSlate,
  Need,
  Plugin,
  TypedArray,
  View,
  Vocabulary,
} from '@attune/sdk';
import {
  worldBatch,
  worldCandidates,
  worldRequest,
  worldExplainedSlate,
  type BatchPart,
  type WorldAsk,
} from '../worlds/world-request.js';
import { historyOf } from '../worlds/world-data.js';
import type { World } from '../worlds/world.js';
import { difference, snapshot } from './check.js';

/** An id that no catalogue has. */
export const UNKNOWN_ITEM = 'not-in-the-catalogue';

/** A request of the contract and the candidates it owns. */
export interface AskedPart {
  readonly ask: WorldAsk;
  readonly ids: readonly string[];
}

/**
 * Requests of every sort over a world: known, seeded, anonymous, stranger, searching, and one without candidates.
 * A request's first candidate is one the user before it touched, so that an answer that slips by one is seen.
 */
export function contractParts(world: World): readonly AskedPart[] {
  const ids = world.items.map((item) => item.id);
  const userOf = (n: number): string => world.userIds[n % Math.max(1, world.userIds.length)] ?? 'nobody';
  const [first, second, third] = [userOf(0), userOf(1), userOf(2)];
  const touched = (userId: string, count: number): readonly string[] => [
    ...new Set(historyOf(world, userId).items.slice(-count)),
  ];
  const cold = world.coldItemIds.slice(0, 1);
  const part = (ask: WorldAsk, ...parts: readonly (readonly string[])[]): AskedPart => ({
    ask,
    ids: [...new Set(parts.flat())],
  });
  return [
    part({ id: 'known', userId: first }, ids.slice(4, 10), cold, [UNKNOWN_ITEM], touched(first, 2), ids.slice(0, 2)),
    part({ id: 'seeded', userId: second, itemIds: ids.slice(3, 4) }, touched(first, 1)),
    part({ id: 'anonymous' }, touched(second, 1), ids.slice(0, 4)),
    part({ id: 'stranger', userId: 'stranger', query: 'no such words' }),
    part({ id: 'searching', userId: third, query: world.items[0]?.title ?? 'anything' }, ids.slice(0, 5)),
    part(
      { id: 'cart', userId: second, surface: 'cart', seen: 'include', itemIds: ids.slice(0, 2) },
      touched(third, 1),
      ids.slice(5, 8),
      cold,
    ),
  ];
}

/** Remembers arrays that were handed out and may not change. */
export class Loans {
  private readonly lent: { readonly what: string; readonly array: TypedArray; readonly before: unknown }[] = [];
  lend<T extends TypedArray | undefined>(what: string, array: T): T {
    if (array !== undefined) this.lent.push({ what, array, before: snapshot(array) });
    return array;
  }
  /** What has been changed, undefined where nothing was. */
  spoiled(): string | undefined {
    for (const { what, array, before } of this.lent) {
      const at = difference(array, before, 0, what);
      if (at !== undefined) return at;
    }
    return undefined;
  }
}

/** Builds the inputs of calls as an engine would, and watches over them. */
export class Inputs {
  readonly loans = new Loans();
  /** What the plugin read without having declared it. Filled where `only` is given. */
  readonly undeclared: string[] = [];
  constructor(
    readonly world: World,
    private readonly only?: Plugin,
  ) {}

  request(ask: WorldAsk): View<Need> {
    const view = worldRequest(this.world, ask);
    const { loans } = this;
    const watched: View<Need> = {
      ...view,
      history: this.watchEvents(view.history),
      session: this.watchEvents(view.session),
      allowed: async (vocabulary) => loans.lend('request.allowed()', await view.allowed(vocabulary)),
    };
    return this.only === undefined ? watched : this.strict(watched, SIGNALS, this.only.needs, 'needs');
  }

  batch(parts: readonly AskedPart[]): Batch<Need, string> {
    const built: BatchPart[] = parts.map((part) => ({ request: this.request(part.ask), ids: part.ids }));
    const batch = worldBatch(this.world, built);
    return { ...batch, candidates: this.watchCandidates(batch.candidates) };
  }

  slate({ ask, ids }: AskedPart): ExplainedSlate<Need, string> {
    const slate = worldExplainedSlate(this.world, this.request(ask), ids);
    return { ...slate, candidates: this.watchCandidates(worldCandidates(this.world, ids)) };
  }

  private watchEvents(events: EventColumns): EventColumns {
    return { ...events, rows: (vocabulary) => this.loans.lend('events.rows()', events.rows(vocabulary)) };
  }

  private watchCandidates(candidates: Candidates<Need, string>): Candidates<Need, string> {
    const rows = (vocabulary: Vocabulary) => this.loans.lend('candidates.rows()', candidates.rows(vocabulary));
    if (this.only === undefined) return { ...candidates, rows };
    const { items, titles, ...core } = candidates;
    const { needs, itemVectors } = this.only;
    const declared = Object.fromEntries(
      Object.entries(core.itemVectors).filter(([space]) => itemVectors.includes(space)),
    );
    // Absent, not refused: the scalar form asks every candidate for items and titles and takes what is there.
    return {
      ...core,
      ...(needs.includes('items') && { items }),
      ...(needs.includes('titles') && { titles }),
      itemVectors: this.strict(declared, Object.keys(core.itemVectors), itemVectors, 'itemVectors'),
      rows,
    } as Candidates<Need, string>;
  }

  /** The same object, but for undeclared members, which are noted and refused. */
  private strict<T extends object>(target: T, names: readonly string[], declared: readonly string[], where: string): T {
    const hidden = names.filter((name) => !declared.includes(name));
    const kept = Object.fromEntries(Object.entries(target).filter(([name]) => !hidden.includes(name))) as T;
    return new Proxy(kept, {
      get: (object, name) => {
        if (typeof name === 'string' && hidden.includes(name)) {
          const message = `reads '${name}' without declaring it: add '${name}' to ${where}`;
          this.undeclared.push(message);
          throw new ReferenceError(message);
        }
        return Reflect.get(object, name) as unknown;
      },
    });
  }
}

const SIGNALS = ['history', 'session', 'query', 'user', 'context'] as const;
