import type { People } from './record-kind.js';
import type { RecordCodec } from './record.codec.js';

/** Beyond this many ids it is faster to parse a text than to look for each in it. */
const MOST_NEEDLES = 8;

/** Whether a record is of one of some people. */
export class OfPeople<T extends object> {
  private readonly users: ReadonlySet<string>;
  private readonly anonymous: ReadonlySet<string>;
  private readonly needles: readonly string[];

  constructor(
    private readonly codec: RecordCodec<T>,
    { userIds, anonymousIds }: People,
  ) {
    this.users = new Set(userIds);
    this.anonymous = new Set(anonymousIds);
    this.needles = [
      ...userIds.map((id) => `"userId":${JSON.stringify(id)}`),
      ...anonymousIds.map((id) => `"anonymousId":${JSON.stringify(id)}`),
    ];
  }

  holds(record: T): boolean {
    const { userIds, anonymousIds } = this.codec.kind.peopleOf(record);
    return userIds.some((id) => this.users.has(id)) || anonymousIds.some((id) => this.anonymous.has(id));
  }

  /** The same of a record's text. */
  holdsText(json: string): boolean {
    const possible = this.needles.length > MOST_NEEDLES || this.needles.some((needle) => json.includes(needle));
    return possible && this.holds(this.codec.decode(json));
  }
}
