import type { JobWorks, WholeWork } from '@attune/sdk';
import type { NamedUsers } from '../../../jobs/named-users.js';

/** Jobs as a server has them, for specs. */
export type TestRequest =
  | { readonly type: 'train'; readonly use?: readonly string[] }
  | { readonly type: 'embed' }
  | { readonly type: 'erase'; readonly userId: string }
  | {
      readonly type: 'recommend';
      readonly surface: string;
      readonly users?: readonly string[];
      readonly limit: number;
      readonly seen: string;
    };

/** The same work for jobs of every type. */
export const worksOf = (work: WholeWork<TestRequest>): JobWorks<TestRequest> => ({
  train: work as never,
  embed: work as never,
  erase: work as never,
  recommend: work as never,
});

export const laneOf = (type: TestRequest['type']): string =>
  ({ train: 'learning', erase: 'learning', embed: 'catalogue', recommend: 'reading' })[type];

export const namedUsers: NamedUsers<TestRequest> = {
  usersOf: (request) => (request.type === 'recommend' ? (request.users ?? []) : []),
  withoutUsers: (request, users) =>
    request.type === 'recommend' && request.users !== undefined
      ? { ...request, users: request.users.filter((id) => !users.has(id)) }
      : request,
};
