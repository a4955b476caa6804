import { joinedPages } from '../joined-pages.js';
import type { TenantPlatform } from '../platform/tenant-platform.js';
import { ok, problem, share, warning, type Check } from './check.js';

type Looked = Pick<TenantPlatform, 'stores'>;

/** Above this share of people without consent, models learn little. */
const MANY = 0.5;

/** Whether there are events, and whether the clock is where they are. `now`: the server's clock, epoch ms. */
export async function checkEvents({ stores: { events } }: Looked, now: number): Promise<readonly Check[]> {
  const all = await events.size();
  if (all === 0)
    return [problem('events', 'there are no events: nothing to learn from', 'attune import events <file>')];
  let ahead = 0;
  let newest = -Infinity;
  for await (const page of events.scan()) {
    for (const { at } of page) {
      const moment = Date.parse(at);
      newest = Math.max(newest, moment);
      if (moment > now) ahead += 1;
    }
  }
  const upTo = new Date(newest).toISOString();
  const people = (await joinedPages(events.userIds())).length;
  return [ok('events', `${all} events of ${people} users, up to ${upTo}`), clock(ahead, upTo, now)];
}

function clock(ahead: number, newest: string, now: number): Check {
  const time = new Date(now).toISOString();
  if (ahead === 0) return ok('clock', `the server's clock says ${time}`);
  const what = `${ahead} events lie after the server's clock (${time}), up to ${newest}: they count for nothing until then`;
  return problem('clock', what, "set the server's clock (timedatectl set-ntp true), or mend the `at` of what is sent");
}

/** How many of the people with events may not be profiled. */
export async function checkConsent({ stores: { events, users } }: Looked): Promise<Check> {
  const known = await joinedPages(events.userIds());
  const refusing = await users.withoutConsent();
  const off = known.filter((id) => refusing.has(id)).length;
  if (off === 0) return ok('consent', 'everybody with events may be profiled');
  const what = `${share(off, known.length)} users with events gave no consent: their slates follow no history`;
  const fix = 'if they did consent: attune import users <file> with consent.profiling true';
  return off > known.length * MANY ? problem('consent', what, fix) : warning('consent', what, fix);
}
