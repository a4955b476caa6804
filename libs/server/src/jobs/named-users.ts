import type { NamedUsers } from '@attune/stores';
import type { JobRequest } from './job.js';

/** Users a job is asked for by name; none where it is asked for all. */
export const namedUsers: NamedUsers<JobRequest> = {
  usersOf: (request) => (request.type === 'recommend' ? (request.users ?? []) : []),
  withoutUsers: (request, users) =>
    request.type === 'recommend' && request.users !== undefined
      ? { ...request, users: request.users.filter((id) => !users.has(id)) }
      : request,
};
