import type { LoggedSlate } from '@attune/sdk';
import type { IndexDefinition } from '../ensure-index.js';
import { EXPUNGED_WHOLLY } from '../expunger.js';

const KEYWORD = { type: 'keyword' } as const;

export const SLATES: IndexDefinition = {
  version: 1,
  properties: {
    id: KEYWORD,
    surface: KEYWORD,
    userIds: KEYWORD,
    anonymousIds: KEYWORD,
    recorded: KEYWORD,
  },
  settings: EXPUNGED_WHOLLY,
};

/** A slate and when it was recorded. */
export interface RecordedSlate {
  readonly slate: LoggedSlate;
  /** When, epoch milliseconds: the day under which it is kept. */
  readonly at: number;
  /** Sorts in the order of recording; see `ArrivalStamps`. */
  readonly recorded: string;
}

export interface SlateDocument {
  readonly id: string;
  readonly surface: string;
  /** Whom it was shown to, and whom its request names. */
  readonly userIds: readonly string[];
  readonly anonymousIds: readonly string[];
  readonly recorded: string;
  /** The slate as text: what it holds is no field of the index. */
  readonly json: string;
}

export function documentOf({ slate, recorded }: RecordedSlate): SlateDocument {
  const { slateId, surface, userId, anonymousId, request } = slate;
  return {
    id: slateId,
    surface,
    userIds: texts(userId, request['userId']),
    anonymousIds: texts(anonymousId, request['anonymousId']),
    recorded,
    json: JSON.stringify(slate),
  };
}

export function slateIn({ json }: Pick<SlateDocument, 'json'>): LoggedSlate {
  // Nobody but `documentOf` writes here.
  return JSON.parse(json) as LoggedSlate;
}

const texts = (...values: readonly unknown[]): readonly string[] => values.filter((value) => typeof value === 'string');
