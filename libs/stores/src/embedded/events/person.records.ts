import type { StoredEvent } from '@attune/sdk';

/** Which events in the log are a user's: his own, and those of his anonymous ids that name no user. */
export class PersonRecords {
  private readonly held: ReadonlySet<string>;

  constructor(
    private readonly userId: string,
    readonly anonymousIds: readonly string[],
  ) {
    this.held = new Set(anonymousIds);
  }

  owns({ userId, anonymousId }: StoredEvent): boolean {
    if (userId !== undefined) return userId === this.userId;
    return anonymousId !== undefined && this.held.has(anonymousId);
  }

  /**
   * What is left of an event when the person is forgotten: nothing of an own one. Another user's, done under an
   * anonymous id that was this person's later, loses that id: else the id's next events would go to him.
   */
  without(event: StoredEvent): StoredEvent | undefined {
    if (this.owns(event)) return undefined;
    const { anonymousId, ...rest } = event;
    return anonymousId !== undefined && this.held.has(anonymousId) ? rest : event;
  }
}
