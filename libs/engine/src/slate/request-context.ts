import {
  type EventColumns,
  mayProfile,
  NO_EVENTS,
  type Predicate,
  type Query,
  type RequestCore,
  type RequestSignals,
  type TenantStores,
  type User,
  type Vocabulary,
} from '@attune/sdk';
import { seededRandom } from '../runtime/seeded-random.js';

/** A request as the engine takes it: validated, its clock set. */
export interface EngineRequest {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly userId?: string | undefined;
  readonly anonymousId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly itemIds: readonly string[];
  readonly query?: Query | undefined;
  readonly filter?: Predicate | undefined;
  readonly exclude: readonly string[];
  readonly seen: 'exclude' | 'include';
  readonly limit: number;
  readonly explain: boolean;
  readonly trace: boolean;
  readonly context: Readonly<Record<string, string | number | boolean>>;
  /** 0..1, default 1. */
  readonly personalize?: number | undefined;
  /** Order everything that passed the filters, so that more pages can follow. Default: what the limit needs. */
  readonly paging?: boolean | undefined;
  /** An item to account for though nobody proposes it: it joins the candidates as proposed by `asked`. */
  readonly probe?: string | undefined;
}

/** What is read once a request, whoever looks first. */
interface Looked {
  where?: Predicate | undefined;
  history?: EventColumns;
  session?: EventColumns;
  /** `null`: looked up, and nobody known. */
  userId?: string | null;
}

/**
 * What plugins see of a request; history and session are read from the stores the first time somebody looks. Each step
 * sees it with a random sequence of its own, so that what one draws, or that it is late, changes nothing for another.
 */
export class RequestContext implements RequestCore, RequestSignals {
  readonly #looked: Looked;
  #draw: (() => number) | undefined;

  constructor(
    readonly asked: EngineRequest,
    readonly surface: string,
    private readonly stores: TenantStores,
    private readonly step?: { readonly name: string; readonly looked: Looked },
  ) {
    this.#looked = step?.looked ?? {};
  }

  /** The same request as the step of that name sees it. */
  forStep(name: string): RequestContext {
    return new RequestContext(this.asked, this.surface, this.stores, { name, looked: this.#looked });
  }

  /** What its random numbers follow from. */
  get seed(): string {
    return this.step === undefined ? this.asked.id : `${this.asked.id} ${this.step.name}`;
  }
  /** Set once the filters have said what they push down. */
  get where(): Predicate | undefined {
    return this.#looked.where;
  }
  set where(predicate: Predicate | undefined) {
    this.#looked.where = predicate;
  }
  get id(): string {
    return this.asked.id;
  }
  get now(): number {
    return this.asked.now;
  }
  /** The known user: named, or joined to the anonymous id by then. */
  get userId(): string | undefined {
    const { userId, anonymousId, now } = this.asked;
    if (userId !== undefined || anonymousId === undefined) return userId;
    const looked = this.#looked;
    if (looked.userId === undefined) looked.userId = this.stores.events.userOf(anonymousId, now) ?? null;
    return looked.userId ?? undefined;
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
    const { userId } = this;
    return userId === undefined ? undefined : this.stores.users.find(userId);
  }
  /** Whether there is somebody whose history must not be looked at. */
  get unprofiled(): boolean {
    return !mayProfile(this.user);
  }
  get context(): Readonly<Record<string, string | number | boolean>> {
    return this.asked.context;
  }
  get history(): EventColumns {
    return (this.#looked.history ??= this.#isUnread() ? NO_EVENTS : this.stores.events.history(this.asked, this.now));
  }
  get session(): EventColumns {
    return (this.#looked.session ??= this.#isUnread() ? NO_EVENTS : this.stores.events.session(this.asked, this.now));
  }
  allowed(vocabulary: Vocabulary): Uint8Array | undefined {
    return this.stores.items.allowed(this.where, vocabulary);
  }
  random(): number {
    return (this.#draw ??= seededRandom(this.seed))();
  }

  #isUnread(): boolean {
    const nobody = this.asked.userId === undefined && this.asked.anonymousId === undefined;
    return nobody || this.unprofiled;
  }
}
