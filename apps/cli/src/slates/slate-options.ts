import { InvalidArgumentError, type Command } from 'commander';
import { jsonValue, wholeNumber, type CommonOptions } from '../commands/command.js';

/** What every call for a slate may be asked with. */
export interface SlateOptions extends CommonOptions {
  readonly user?: string;
  readonly anonymous?: string;
  readonly session?: string;
  readonly limit: number;
  readonly filter?: unknown;
  readonly at?: string;
  readonly personalize?: number;
  readonly explain?: boolean;
  readonly trace?: boolean;
}

/** Adds these options to a command. */
export const withSlateOptions = (command: Command): Command =>
  command
    .option('--user <id>', 'for whom')
    .option('--anonymous <id>', 'for whom, without a user')
    .option('--session <id>', 'session of the page; default the last half hour')
    .option('--limit <n>', 'items to show, 1 to 200', wholeNumber(1, 200), 10)
    .option('--filter <json>', 'only items that match, such as \'{"brand":"Acme"}\'', jsonValue)
    .option('--at <time>', 'as of a moment, such as 2026-06-01T00:00:00Z', momentOf)
    .option('--personalize <share>', 'how far it follows the person, 0 to 1', shareOf);

/** The members of a request that they stand for. */
export const askedBy = (options: SlateOptions): Readonly<Record<string, unknown>> => ({
  userId: options.user,
  anonymousId: options.anonymous,
  sessionId: options.session,
  limit: options.limit,
  filter: options.filter,
  at: options.at,
  personalize: options.personalize,
});

export const whomOf = ({ user, anonymous }: Pick<SlateOptions, 'user' | 'anonymous'>): string =>
  user ?? anonymous ?? 'somebody unknown';

/** A day, or a time; without an offset it is UTC. */
function momentOf(text: string): string {
  const [day, time = '00:00Z'] = text.split(/[T ]/);
  const moment = new Date(`${day}T${/(Z|[-+]\d{2}:\d{2})$/.test(time) ? time : `${time}Z`}`);
  if (!Number.isNaN(moment.getTime())) return moment.toISOString();
  throw new InvalidArgumentError('It must be a time such as 2026-06-01T09:30:00Z, or a day.');
}

function shareOf(text: string): number {
  const share = Number(text);
  if (text.trim() !== '' && share >= 0 && share <= 1) return share;
  throw new InvalidArgumentError('It must be a number from 0 to 1.');
}
