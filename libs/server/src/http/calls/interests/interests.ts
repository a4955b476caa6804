import {
  editedInterests,
  heldInterestSummary,
  interestLines,
  interestsPrompt,
  interestSummary,
  type InterestEdits,
  type InterestLine,
} from '@attune/language/understanding';
import { AttuneError, mayProfile } from '@attune/sdk';
import type { z } from 'zod';
import { keep, keptInterests, NO_EDITS, type InterestsRecord } from '../../../interests/interests.record.js';
import { refreshed } from '../../../interests/refresh-interests.js';
import { callFor, type ServerCall } from '../../../llm/call-for.js';
import { openedOnce } from '../../../llm/opened-once.js';
import { writeText } from '../../../llm/write-text.js';
import type { Platform, TenantPlatform } from '../../../platform/tenant-platform.js';
import type { getInterests, UserInterests } from '../../operations/interests.operations.js';
import { getOne } from '../users.js';

/** Another process may keep them at the same time: then what it kept is gone on from. */
const TRIES = 5;

export interface InterestsParts {
  readonly tenant: TenantPlatform;
  readonly platform: Pick<Platform, 'config' | 'clock'>;
}

type Asked = Omit<z.output<(typeof getInterests)['query']>, 'deadlineMs'>;

/** What a user is interested in, brought up to date and kept. Throws USER_NOT_FOUND. */
export async function interestsOf(
  userId: string,
  { deadlineMs, ...asked }: z.output<(typeof getInterests)['query']>,
  parts: InterestsParts,
): Promise<UserInterests> {
  const { tenant, platform } = parts;
  const call = callFor({ tenant: tenant.tenant, deadlineMs, clock: platform.clock });
  if (!mayProfile(await getOne(userId, tenant))) return nothing(userId, 'NO_PROFILING');
  const record = await updated(userId, parts);
  return record.interests === undefined
    ? nothing(userId, 'INTERESTS_DELETED')
    : told(userId, record, { ...parts, asked, call });
}

/** Edits what a user is interested in. Throws USER_NOT_FOUND, INTERESTS_CHANGED, NOT_DURABLE. */
export async function editedBy(userId: string, edits: InterestEdits, parts: InterestsParts): Promise<UserInterests> {
  const { tenant, platform } = parts;
  if (!mayProfile(await getOne(userId, tenant))) return nothing(userId, 'NO_PROFILING');
  const record = await updated(userId, parts, edits);
  const call = callFor({ tenant: tenant.tenant, deadlineMs: 1, clock: platform.clock });
  return told(userId, record, { ...parts, asked: { language: 'en', words: 'template' }, call });
}

/** Lets go of what a user is interested in, and of his edits. Throws USER_NOT_FOUND, INTERESTS_CHANGED, NOT_DURABLE. */
export async function deleteInterests(userId: string, { tenant }: InterestsParts): Promise<void> {
  await getOne(userId, tenant);
  const { records } = tenant.stores;
  for (let i = 0; i < TRIES; i++) {
    const { version } = await keptInterests(records, userId);
    if (await keep(records, userId, { record: { edits: NO_EDITS, taken: 0 }, version })) return;
  }
  throw changed(userId);
}

/** With the events that came since; as it was where nothing did, and nothing is edited. */
async function updated(
  userId: string,
  { tenant, platform }: InterestsParts,
  edits?: InterestEdits,
): Promise<InterestsRecord> {
  const { stores } = tenant;
  for (let i = 0; i < TRIES; i++) {
    const { record: before, version } = await keptInterests(stores.records, userId);
    const isDeleted = before !== undefined && before.interests === undefined;
    if (isDeleted && edits === undefined) return before;
    const made = await refreshed(userId, before, { stores, config: platform.config, now: platform.clock.now() });
    if (made === before && edits === undefined) return made;
    const record = { ...made, ...(edits !== undefined && { edits }) };
    // Whoever is being erased is not written down again.
    if ((await stores.erasures.userIds()).includes(userId)) return record;
    if (await keep(stores.records, userId, { record, version })) return record;
  }
  throw changed(userId);
}

interface Telling extends InterestsParts {
  readonly asked: Asked;
  readonly call: ServerCall;
}

async function told(userId: string, record: InterestsRecord, telling: Telling): Promise<UserInterests> {
  const { language } = telling.asked;
  const { interests, edits } = record;
  const lines = editedInterests(interests === undefined ? [] : interestLines(interests, { language }), edits, language);
  const written =
    telling.asked.words === 'model' && lines.length > 0 ? await byModel(userId, lines, telling) : undefined;
  const summary = written ?? interestSummary(lines, { language, blocked: telling.platform.config.llm.blocked });
  return {
    userId,
    ...(summary !== undefined && { summary }),
    source: written === undefined ? 'template' : 'llm',
    lines: lines.map(shown),
    edits,
    ...(interests !== undefined && interests.asOf > 0 && { asOf: new Date(interests.asOf).toISOString() }),
    degraded: [...telling.call.degraded],
  };
}

async function byModel(
  userId: string,
  lines: readonly InterestLine[],
  { asked: { language }, tenant, platform, call }: Telling,
): Promise<string | undefined> {
  const prompt = interestsPrompt(language);
  const facts = await tenant.facts.get();
  const { blocked } = platform.config.llm;
  const written = await writeText(
    {
      prompt: prompt.name,
      evidence: 'the lines',
      ask: (avoid) => ({ ...prompt.ask({ lines, avoid }), userId }),
      hold: (answer) => heldInterestSummary(prompt.read(answer).summary, lines, { language, facts, blocked }),
    },
    () => openedOnce(tenant.llm, 'interests'),
    call,
  );
  return written?.text;
}

const shown = ({ evidence: { events, lastAt }, ...line }: InterestLine): UserInterests['lines'][number] => ({
  ...line,
  evidence: { events, ...(lastAt !== undefined && { lastAt: new Date(lastAt).toISOString() }) },
});

const nothing = (userId: string, code: string): UserInterests => ({
  userId,
  source: 'template',
  lines: [],
  edits: NO_EDITS,
  degraded: [{ code }],
});

const changed = (userId: string): AttuneError =>
  new AttuneError('INTERESTS_CHANGED', `what '${userId.slice(0, 256)}' is interested in was changed at the same time`);
