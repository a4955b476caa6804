import type { JobRequest } from './job.js';

/** Users a job is asked for by name; none where it is asked for all. */
export const usersOf = (request: JobRequest): readonly string[] =>
  request.type === 'recommend' ? (request.users ?? []) : [];

/** The same request for the others it names. */
export const withoutUsers = (request: JobRequest, users: ReadonlySet<string>): JobRequest =>
  request.type === 'recommend' && request.users !== undefined
    ? { ...request, users: request.users.filter((id) => !users.has(id)) }
    : request;
