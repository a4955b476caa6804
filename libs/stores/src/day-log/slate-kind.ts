import type { LoggedSlate } from '@attune/sdk';
import type { RecordKind } from './record-kind.js';

/** Slates, by surface. Theirs are those whom they were shown to, and whom their requests name. */
export const SLATES: RecordKind<LoggedSlate> = {
  what: 'slates',
  names: { id: 'slateId', group: 'surface' },
  headerOf: ({ slateId, surface }) => ({ id: slateId, group: surface }),
  peopleOf: ({ userId, anonymousId, request }) => ({
    userIds: texts(userId, request['userId']),
    anonymousIds: texts(anonymousId, request['anonymousId']),
  }),
  charsOf: () => 0,
};

const texts = (...values: readonly unknown[]): readonly string[] => values.filter((value) => typeof value === 'string');
