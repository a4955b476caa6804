import type {
  EventColumns,
  Predicate,
  Query,
  RequestCore,
  RequestSignals,
  SearchIndex,
  User,
  Vocabulary,
} from '@attune/sdk';
import { seededRandom } from '../runtime/seeded-random.js';
import type { EngineRequest } from './engine-request.js';
import type { Person } from './person.js';

/** Where a request is asked, by whom, and about which items. */
interface Setting {
  readonly surface: string;
  readonly person: Person;
  readonly items: Pick<SearchIndex, 'allowed'>;
}

/** What all steps share of a request. */
interface Shared {
  where?: Predicate | undefined;
}

/**
 * What plugins see of a request. Each step sees it with a random sequence of its own, so that what one draws, or that it
 * is late, changes nothing for another.
 */
export class RequestContext implements RequestCore, RequestSignals {
  readonly #shared: Shared;
  #draw: (() => number) | undefined;

  constructor(
    readonly asked: EngineRequest,
    private readonly setting: Setting,
    private readonly step?: { readonly name: string; readonly shared: Shared },
  ) {
    this.#shared = step?.shared ?? {};
  }

  /** The same request as the step of that name sees it. */
  forStep(name: string): RequestContext {
    return new RequestContext(this.asked, this.setting, { name, shared: this.#shared });
  }

  get surface(): string {
    return this.setting.surface;
  }
  get person(): Person {
    return this.setting.person;
  }
  /** What its random numbers follow from. */
  get seed(): string {
    return this.step === undefined ? this.asked.id : `${this.asked.id} ${this.step.name}`;
  }
  /** Set once the filters have said what they push down. */
  get where(): Predicate | undefined {
    return this.#shared.where;
  }
  set where(predicate: Predicate | undefined) {
    this.#shared.where = predicate;
  }
  get id(): string {
    return this.asked.id;
  }
  get now(): number {
    return this.asked.now;
  }
  get userId(): string | undefined {
    return this.person.userId;
  }
  get itemIds(): readonly string[] {
    return this.asked.itemIds;
  }
  get limit(): number {
    return this.asked.limit;
  }
  get seen(): 'exclude' | 'include' {
    return this.asked.seen;
  }
  get filter(): Predicate | undefined {
    return this.asked.filter;
  }
  get exclude(): readonly string[] {
    return this.asked.exclude;
  }
  get query(): Query | undefined {
    return this.asked.query;
  }
  get personalize(): number {
    return this.asked.personalize ?? 1;
  }
  get user(): User | undefined {
    return this.person.user;
  }
  get context(): Readonly<Record<string, string | number | boolean>> {
    return this.asked.context;
  }
  get history(): EventColumns {
    return this.person.history;
  }
  get session(): EventColumns {
    return this.person.session;
  }
  allowed(vocabulary: Vocabulary): Promise<Uint8Array | undefined> {
    return this.setting.items.allowed(this.where, vocabulary);
  }
  random(): number {
    return (this.#draw ??= seededRandom(this.seed))();
  }
}
