import type { LoggedSlate } from '@attune/sdk';

/** What a record begins with: read at every start, where parsing whole slates would take too long. */
const HEADER = /^\{"slateId":("(?:[^"\\]|\\.)*"),"surface":("(?:[^"\\]|\\.)*")/;
/** Beyond this many ids it is faster to parse a text than to look for each in it. */
const MOST_NEEDLES = 8;

export interface SlateHeader {
  readonly slateId: string;
  readonly surface: string;
}

export function encodeSlate({ slateId, surface, ...rest }: LoggedSlate): string {
  return JSON.stringify({ slateId, surface, ...rest });
}

export function decodeSlate(json: string): LoggedSlate {
  // The log's checksums vouch for what `encodeSlate` wrote.
  return JSON.parse(json) as LoggedSlate;
}

export function decodeHeader(json: string): SlateHeader {
  const [, slateId, surface] = HEADER.exec(json) ?? [];
  if (slateId === undefined || surface === undefined) return decodeSlate(json);
  return { slateId: JSON.parse(slateId) as string, surface: JSON.parse(surface) as string };
}

export interface People {
  readonly userIds: readonly string[];
  readonly anonymousIds: readonly string[];
}

/** Whether a slate was shown to one of some people, or its request names one of them. */
export class ShownTo {
  private readonly users: ReadonlySet<unknown>;
  private readonly anonymous: ReadonlySet<unknown>;
  private readonly needles: readonly string[];

  constructor({ userIds, anonymousIds }: People) {
    this.users = new Set(userIds);
    this.anonymous = new Set(anonymousIds);
    this.needles = [
      ...userIds.map((id) => `"userId":${JSON.stringify(id)}`),
      ...anonymousIds.map((id) => `"anonymousId":${JSON.stringify(id)}`),
    ];
  }

  holds({ userId, anonymousId, request }: LoggedSlate): boolean {
    const named = this.users.has(userId) || this.users.has(request['userId']);
    return named || this.anonymous.has(anonymousId) || this.anonymous.has(request['anonymousId']);
  }

  /** The same of a slate's text. */
  holdsText(json: string): boolean {
    const possible = this.needles.length > MOST_NEEDLES || this.needles.some((needle) => json.includes(needle));
    return possible && this.holds(decodeSlate(json));
  }
}
