import { createHash } from 'node:crypto';
import type { PageViewer, SharedPage, SharedPages } from '@attune/sdk';
import { z } from 'zod';
import type { RedisConnection } from './redis.connection.js';
import { FORGET, PUT } from './page-scripts.js';

export interface PageLimits {
  /** Slates of a tenant, default 4,000: about four gateways' worth, some 100 MB. */
  readonly slates: number;
  /** Bytes of one, default 512 KiB: a thousand ids of usual length take 30. */
  readonly bytes: number;
}

const LIMITS: PageLimits = { slates: 4_000, bytes: 512 * 1024 };
/** Longer than any request takes: a slate that was under way when its viewer was forgotten is not put after it. */
const BARRED_MS = 60_000;

const count = z.number();

/**
 * Frozen slates in Redis, each a key `<prefix>:{<tenant>}:page:<id>` that expires by itself. `pages` has their ids by age.
 * `pages-of:<hash>` has those of a person, so that whoever is forgotten is found without looking at everybody's.
 */
export class RedisSharedPages implements SharedPages {
  private readonly stem: string;

  constructor(
    private readonly redis: RedisConnection,
    tenant: string,
    private readonly limits: PageLimits = LIMITS,
  ) {
    this.stem = `${redis.options.prefix}:{${encodeURIComponent(tenant)}}:`;
  }

  async put(id: string, { text, viewer, lifeMs }: SharedPage): Promise<boolean> {
    if (Buffer.byteLength(text) > this.limits.bytes) return false;
    const keys = [this.page(id), `${this.stem}pages`, ...peopleOf(viewer).map((person) => this.pagesOf(person))];
    const taken = await this.redis.script(PUT, keys, [id, text, lifeMs, this.limits.slates, this.page('')]);
    return count.parse(taken) === 1;
  }

  async get(id: string): Promise<string | undefined> {
    return (await this.redis.guarded(this.redis.client.get(this.page(id)))) ?? undefined;
  }

  async forget({ userIds, anonymousIds }: Parameters<SharedPages['forget']>[0]): Promise<number> {
    const people = [
      ...userIds.flatMap((userId) => peopleOf({ userId })),
      ...anonymousIds.flatMap((anonymousId) => peopleOf({ anonymousId })),
    ];
    const dropped = await Promise.all(
      people.map(async (person) =>
        count.parse(await this.redis.script(FORGET, [this.pagesOf(person)], [BARRED_MS, this.page('')])),
      ),
    );
    return dropped.reduce((sum, each) => sum + each, 0);
  }

  private page(id: string): string {
    return `${this.stem}page:${id}`;
  }

  private pagesOf(person: string): string {
    return `${this.stem}pages-of:${createHash('sha256').update(person).digest('base64url')}`;
  }
}

const peopleOf = ({ userId, anonymousId }: PageViewer): readonly string[] => [
  ...(userId === undefined ? [] : [`u:${userId}`]),
  ...(anonymousId === undefined ? [] : [`a:${anonymousId}`]),
];
