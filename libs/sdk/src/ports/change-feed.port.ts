/** Something that other processes hold copies of, or follow, has changed. */
export type Change =
  | { readonly kind: 'items'; readonly ids: readonly string[] }
  | { readonly kind: 'users'; readonly userIds: readonly string[] }
  | { readonly kind: 'model'; readonly name: string }
  | { readonly kind: 'consent'; readonly userIds: readonly string[] }
  | { readonly kind: 'forgotten'; readonly userIds: readonly string[]; readonly anonymousIds: readonly string[] };

/** What a listener is told besides changes: some may have been missed, so that everything held is to be read again. */
export interface ChangesLost {
  readonly kind: 'lost';
}

/** Tells processes of each other's changes of one tenant, so that none goes on with what is old. */
export interface ChangeFeed {
  /** Told to all other processes, within milliseconds; where that cannot be done they are told `lost` later. */
  publish(change: Change): Promise<void>;
  /** Told of what other processes publish from now on. Returns what ends it. */
  onChange(listener: (change: Change | ChangesLost) => void): () => void;
  /** Whether changes are being heard: while they are not, nothing that is held may be taken for new. */
  readonly isListening: boolean;
}
