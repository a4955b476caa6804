import { z } from 'zod';
import {
  marksOf,
  type HistoryLimits,
  type LoggedEvent,
  type SubjectName,
  type SubjectRecord,
} from '../distributed/events/subject.js';
import { Distrusted } from './distrusted.js';
import type { HotKeys } from './hot-keys.js';
import { APPLY, BAR, FILL, FOLLOW } from './hot-scripts.js';
import type { RedisConnection } from './redis.connection.js';
import { fieldOf, fieldsOf, recordOf, textOfFrom, type HotField } from './subject.codec.js';

/** A subject as it was at some change; the same object while nothing changed. */
export interface HotSubject {
  /** Another after every change; undefined where it is not kept. */
  readonly stamp: string | undefined;
  readonly record: SubjectRecord;
}

export interface HotStoreOptions {
  readonly limits: HistoryLimits;
  /** Unique text. */
  readonly stamp: () => string;
  /** Names of the days and months whose counts an event changes. */
  readonly daysOf: (event: LoggedEvent) => readonly string[];
}

const DAY_MS = 86_400_000;
/** What nobody asked for or added to for so long is forgotten. */
const KEPT_MS = 30 * DAY_MS;
/** Who did nothing is forgotten sooner: most never come back. */
const EMPTY_KEPT_MS = 10 * 60_000;
/** A filling takes far less; it is begun anew after it. */
const FOLLOWED_MS = 10 * 60_000;
/** An erasure takes far less; after one that broke off, subjects are filled again from what the log then holds. */
const ERASING_MS = 60 * 60_000;
/** Subjects a script call: so that it holds up other calls for a millisecond at most. */
const SUBJECTS_AT_A_TIME = 200;
/** A subject may outgrow its limits by so much until it is filled anew. */
const ROOM = 1.25;

const scriptStamp = z.string();
const epochs = z.array(z.string());

/**
 * Histories and joins of the subjects that somebody asks for, in Redis. Only those are followed: events of everybody else
 * go by, and whoever asks first fills the subject from the log. So everything may be lost here at any time.
 */
export class HotStore {
  private erasedStamp = '';
  private readonly distrusted = new Distrusted();

  private readonly stopHealing: () => void;

  constructor(
    private readonly redis: RedisConnection,
    private readonly keys: HotKeys,
    private readonly options: HotStoreOptions,
  ) {
    // Others must not go on with what this process could not tell them of.
    this.stopHealing = redis.onReady(() => void this.heal().catch(() => undefined));
  }

  close(): void {
    this.stopHealing();
  }

  /**
   * The subjects that are filled; those that did not change since `known` are the same objects.
   *
   * @throws RedisUnavailableError
   */
  async read(
    names: readonly SubjectName[],
    known: ReadonlyMap<SubjectName, HotSubject>,
  ): Promise<Map<SubjectName, HotSubject>> {
    await this.heal();
    const run = await this.redis.runId();
    const found = new Map<SubjectName, HotSubject>();
    const kept = names.filter((name) => known.get(name)?.stamp !== undefined);
    const states = await this.redis.pipeline((commands) => {
      for (const name of kept) commands.hmget(this.keys.subject(name), '#epoch', '#v');
    });
    for (const [i, name] of kept.entries()) {
      const subject = known.get(name);
      if (subject?.stamp === stampOf(states[i], run)) found.set(name, subject!);
    }
    await this.readWhole(
      names.filter((name) => !found.has(name)),
      run,
      found,
    );
    return found;
  }

  /** Begins to follow subjects; their epochs, undefined where one is being erased. */
  async follow(names: readonly SubjectName[]): Promise<readonly (string | undefined)[]> {
    const run = await this.redis.runId();
    const keys = names.map((name) => this.keys.subject(name));
    const answer = epochs.parse(await this.redis.script(FOLLOW, keys, [run, run + this.options.stamp(), FOLLOWED_MS]));
    return answer.map((epoch) => (epoch === '' ? undefined : epoch));
  }

  /** Fills subjects with what the log held after they were followed; what was dropped since stays out. */
  async fill(
    records: ReadonlyMap<SubjectName, { readonly epoch: string; readonly record: SubjectRecord }>,
  ): Promise<void> {
    for (const [name, { epoch, record }] of records) {
      const fields = fieldsOf(record);
      const kept = fields.length === 0 ? EMPTY_KEPT_MS : KEPT_MS;
      const values = fields.flatMap((field) => [field.name, field.value]);
      await this.redis.script(FILL, [this.keys.subject(name)], [epoch, textOfFrom(record.from), kept, ...values]);
    }
  }

  /** The newest erasure this process knows of; to be asked for before the log is written, and given to `apply`. */
  get erased(): string {
    return this.erasedStamp;
  }

  /**
   * Adds events that are in the log. One that is there already changes nothing.
   *
   * @throws RedisUnavailableError: what could not be told is dropped as soon as Redis answers.
   */
  async apply(events: readonly LoggedEvent[], erased: string): Promise<void> {
    const fields = new Map<SubjectName, HotField[]>();
    for (const mark of events.flatMap(marksOf)) {
      const list = fields.get(mark.subject);
      if (list === undefined) fields.set(mark.subject, [fieldOf(mark)]);
      else list.push(fieldOf(mark));
    }
    let days = [...new Set(events.flatMap(this.options.daysOf))];
    try {
      await this.heal();
      const stamp = (await this.redis.runId()) + this.options.stamp();
      const subjects = [...fields];
      for (let start = 0; start < subjects.length; start += SUBJECTS_AT_A_TIME) {
        const some = subjects.slice(start, start + SUBJECTS_AT_A_TIME);
        this.erasedStamp = await this.applyTo(some, { days, stamp, erased });
        days = [];
      }
    } catch (error) {
      this.distrust([...fields.keys()], days);
      throw error;
    }
  }

  /** These may lack what the log has: they are dropped before the next use. */
  distrust(subjects: readonly SubjectName[], days: readonly string[]): void {
    this.distrusted.add(subjects, days);
  }

  /** Forgets subjects and keeps them from being filled: something of theirs is about to leave the log. */
  async bar(names: Iterable<SubjectName>): Promise<void> {
    const keys = Array.from(names, (name) => this.keys.subject(name));
    for (let start = 0; start < keys.length; start += SUBJECTS_AT_A_TIME)
      await this.redis.script(BAR, keys.slice(start, start + SUBJECTS_AT_A_TIME), [ERASING_MS]);
  }

  /** Lets barred subjects be filled again; what others are about to add to them, as of the log before, is refused. */
  async unbar(names: Iterable<SubjectName>, days: Iterable<string>): Promise<void> {
    const stamp = (await this.redis.runId()) + this.options.stamp();
    await this.redis.pipeline((commands) => {
      commands.set(this.keys.erased, stamp);
      for (const name of names) commands.del(this.keys.subject(name));
      for (const day of days) commands.hset(this.keys.days, day, stamp);
    });
  }

  private async applyTo(
    subjects: readonly (readonly [SubjectName, readonly HotField[]])[],
    { days, stamp, erased }: { readonly days: readonly string[]; readonly stamp: string; readonly erased: string },
  ): Promise<string> {
    const { events, links } = this.options.limits;
    const most = Math.ceil((events + links) * ROOM);
    const keys = [this.keys.erased, this.keys.days, ...subjects.map(([name]) => this.keys.subject(name))];
    const values: (string | number)[] = [erased, KEPT_MS, most, stamp, days.length, ...days];
    for (const [, fields] of subjects) {
      values.push(fields.length);
      for (const { name, at, value } of fields) values.push(name, at ?? '', value);
    }
    return scriptStamp.parse(await this.redis.script(APPLY, keys, values));
  }

  private async readWhole(
    names: readonly SubjectName[],
    run: string,
    found: Map<SubjectName, HotSubject>,
  ): Promise<void> {
    if (names.length === 0) return;
    const hashes = await this.redis.pipeline((commands) => {
      for (const name of names) commands.hgetall(this.keys.subject(name));
    });
    for (const [i, name] of names.entries()) {
      const hash = hashes[i] as Readonly<Record<string, string>>;
      const stamp = stampOf([hash['#epoch'], hash['#v']], run);
      const record = stamp === undefined ? undefined : recordOf(hash);
      if (record === undefined) continue;
      found.set(name, { stamp, record });
      if (record.entries.length > 0)
        void this.redis.client.pexpire(this.keys.subject(name), KEPT_MS).catch(() => undefined);
    }
  }

  /** Drops what could not be told. */
  private async heal(): Promise<void> {
    if (this.distrusted.isEmpty()) return;
    const { subjects, days } = this.distrusted.all();
    const stamp = (await this.redis.runId()) + this.options.stamp();
    await this.redis.pipeline((commands) => {
      for (const name of subjects) commands.del(this.keys.subject(name));
      for (const day of days) commands.hset(this.keys.days, day, stamp);
    });
    this.distrusted.remove(subjects, days);
  }
}

/** Undefined where the subject is not followed, or was by a run of the server that may have lost changes since. */
function stampOf(state: unknown, run: string): string | undefined {
  const [epoch, version] = state as readonly (string | null | undefined)[];
  if (typeof epoch !== 'string' || typeof version !== 'string') return undefined;
  return epoch.startsWith(run) ? `${epoch}:${version}` : undefined;
}
