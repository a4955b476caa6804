import type { VectorBlock } from '../blocks/candidates.js';
import type { EventColumns } from '../blocks/event-columns.js';
import type { Vocabulary } from '../blocks/vocabulary.js';
import type { StoredEvent } from '../data/event.schema.js';
import type { Item } from '../data/item.schema.js';
import type { Predicate } from '../predicate/predicate.schema.js';
import type { ArtifactDraft, TrainingData } from '../plugin/training.js';
import type { Artifact } from './artifacts.port.js';
import type { ChangeFeed } from './change-feed.port.js';
import type { CountsPort } from './counts.port.js';
import type { DocumentsPort } from './documents.port.js';
import type { ItemVectorsPort } from './item-vectors.port.js';
import type { LlmLog } from './llm-log.port.js';
import type { PendingErasures } from './pending-erasures.port.js';
import type { RecordStore } from './record-store.port.js';
import type { SharedPages } from './shared-pages.port.js';
import type { SlateLog } from './slate-log.port.js';
import type { SpendingStore } from './spending-store.port.js';
import type { TextIndexPort } from './text-index.port.js';
import type { UserStore } from './user-store.port.js';
import type { VectorIndexPort } from './vector-index.port.js';

/** Whose data: no store is reached without it. */
export interface Scope {
  readonly tenant: string;
}

export interface UpsertResult {
  /** Aligned with the items sent: false where a newer version was already stored. */
  readonly applied: readonly boolean[];
}

/** What a process has at hand of items without asking the store, however old it is. */
export interface HeldItems {
  /** Aligned with `ids`; undefined where nothing is held. */
  documents(ids: readonly string[]): Promise<readonly (Item | undefined)[]>;
  /** As `gather`; a row of NaN where nothing is held. */
  vectors(space: string, ids: readonly string[]): Promise<VectorBlock>;
}

/** The catalogue: documents, text index and vector index over the same items. */
export interface SearchIndex extends DocumentsPort, VectorIndexPort, TextIndexPort, ItemVectorsPort {
  /**
   * Durable when it resolves; the same id twice: the last wins; an older `updatedAt` is ignored. An item whose text
   * changed loses the vectors that are made of texts.
   */
  upsert(items: readonly Item[]): Promise<UpsertResult>;
  /** How many of the ids were there. */
  delete(ids: readonly string[]): Promise<number>;
  /**
   * Resolves when everything written before the call is found by searches, counts and scans. `get` and `gather` have it
   * at once; without a refresh the others have it within a second.
   */
  refresh(): Promise<void>;
  /** Number of items. */
  size(): Promise<number>;
  /** Another text after every change of an item: what is derived from the items knows by it that it is old. */
  version(): Promise<string>;
  /** Items in pages of at most 500, in order of insertion, for jobs and listings. */
  scan(): AsyncIterable<readonly Item[]>;
  /**
   * Puts vectors `[items × dims]` of a space beside the items they were made of; how many were put. An item that went,
   * or whose embedded text is another by now, is left out.
   */
  setVectors(space: string, items: readonly Item[], vectors: Float32Array): Promise<number>;
  /**
   * Vectors of that space that are stored for the same embedded text, be it of another item `[items × dims]`; a row of NaN
   * where there is none. A vector stored within the last second may be missed.
   */
  vectorsOfTexts(space: string, items: readonly Item[]): Promise<VectorBlock>;
  /** Ids of items that lack their vector in that space, in pages: what an embedding job still has to do. */
  withoutVector(space: string): AsyncIterable<readonly string[]>;
  /** How many items lack their vector in that space. */
  countWithoutVector(space: string): Promise<number>;
  /** Digests of the models that vectors of that space are stored of, those no longer in use among them. */
  vectorModels(space: string): Promise<readonly string[]>;
  /** For slates while the store cannot be read. Absent where nothing stands between `get`, `gather` and the store. */
  readonly held?: HeldItems;
  /** See `RequestCore.allowed`. */
  allowed(where: Predicate | undefined, vocabulary: Vocabulary): Promise<Uint8Array | undefined>;
}

export interface AppendResult {
  /** Aligned with the events sent: false for an id that was already there (also earlier in the same batch). */
  readonly created: readonly boolean[];
}

/** What users did. */
export interface EventStore extends CountsPort {
  /** Resolves when every event is on disk and in its user's profile: in the very next slate. */
  append(events: readonly StoredEvent[]): Promise<AppendResult>;
  /**
   * Resolves when counts, lists, scans and training have everything acknowledged before the call. Histories, sessions and
   * joins have it at once; without a refresh the others have it within some seconds.
   */
  refresh(): Promise<void>;
  /** Everything a person did up to `at` (inclusive, epoch ms), joined identities included. */
  history(
    who: { readonly userId?: string | undefined; readonly anonymousId?: string | undefined },
    at: number,
  ): Promise<EventColumns>;
  /** The part of `history` in the session: by its id, else what lies within 30 minutes of the one before, up to `at`. */
  session(
    who: {
      readonly userId?: string | undefined;
      readonly anonymousId?: string | undefined;
      readonly sessionId?: string | undefined;
    },
    at: number,
  ): Promise<EventColumns>;
  /** The users these anonymous ids were joined to, as of `at` `[anonymousIds]`; undefined where to nobody. */
  usersOf(anonymousIds: readonly string[], at: number): Promise<readonly (string | undefined)[]>;
  /** Number of events. */
  size(): Promise<number>;
  /** A user with a history, for examples; undefined where nobody has one. */
  someUser(): Promise<string | undefined>;
  /**
   * Everything up to the clock, in columns, as of the call. A person who never joined a user is `anonymous:<id>`.
   * `admits`: whether a known user's events may be learned from; default everybody's.
   */
  trainingData(admits?: (userId: string) => boolean): Promise<TrainingData>;
  /** Known users who have events, each once, in pages; in no particular order. */
  userIds(): AsyncIterable<readonly string[]>;
  /** Anonymous ids that belong to a user now. */
  anonymousIdsOf(userId: string): Promise<readonly string[]>;
  /** A user's events and those of his anonymous ids, as they were sent, in order of arrival. Read from the log. */
  eventsOf(userId: string): Promise<readonly StoredEvent[]>;
  /**
   * Forgets a user: his events, those of his anonymous ids, and the joins between them. When it resolves, no file of the
   * log holds any of it, and no history, session, count or training data does.
   */
  erase(userId: string): Promise<ErasedEvents>;
  /** Every event in the log, in order of arrival, in pages. */
  scan(): AsyncIterable<readonly StoredEvent[]>;
  /**
   * Told of every event that this process acknowledges from now on, and, some seconds later, of those of other processes
   * that name a slate or are searches. Returns what ends it.
   */
  onAppend(listener: (event: StoredEvent) => void): () => void;
}

export interface ErasedEvents {
  /** Events removed from the log. */
  readonly events: number;
  /** Anonymous ids whose events went with the user's. */
  readonly anonymousIds: readonly string[];
}

/** Trained models, addressed by digest; one pointer a name. */
export interface ArtifactStore {
  /** Writes and returns the digest; the same content twice is one artifact. */
  put(name: string, draft: ArtifactDraft): Promise<string>;
  /** Points a name to an artifact that is there; undefined: to none, as before its first. */
  promote(name: string, digest: string | undefined): Promise<void>;
  /** Promoted digest, undefined where none. */
  promoted(name: string): Promise<string | undefined>;
  open(name: string, digest: string): Promise<Artifact>;
  list(
    name: string,
  ): Promise<readonly { readonly digest: string; readonly sizeBytes: number; readonly createdAt: string }[]>;
}

/** What a tenant's keys in the hot store take. */
export interface HotSizes {
  /** By what keys are for: histories of users and of visitors without an id, counts of days, frozen pages, … */
  readonly kinds: Readonly<Record<string, { readonly keys: number; /** Estimated. */ readonly bytes: number }>>;
  /** False where time was over before all keys were seen. */
  readonly complete: boolean;
}

/** Everything a tenant owns. */
export interface TenantStores {
  readonly items: SearchIndex;
  readonly events: EventStore;
  readonly artifacts: ArtifactStore;
  readonly users: UserStore;
  readonly slates: SlateLog;
  /** What was sent to language models. */
  readonly llmCalls: LlmLog;
  /** What language models cost. */
  readonly spending: SpendingStore;
  /** What the server keeps for itself: proposals that await review, summaries, offers, drafts. */
  readonly records: RecordStore;
  /** Users who are being erased. */
  readonly erasures: PendingErasures;
  /** What other processes change. */
  readonly changes: ChangeFeed;
  /** Frozen slates of all processes; undefined where there is one process only. */
  readonly pages?: SharedPages;
  /** Looks at the hot store for a second at most; undefined where there is none. */
  readonly hotSizes?: () => Promise<HotSizes>;
}

/** The one way to data. Two tenants never see each other's. */
export interface Stores {
  of(scope: Scope): TenantStores;
  /** Flushes and lets go of the data. May be called twice. */
  close(): Promise<void>;
}
