import { createHash } from 'node:crypto';
import type { SubjectName } from '../distributed/events/subject.js';

const LONGEST_PLAIN = 64;

/** Names of a tenant's keys: `<prefix>:{<tenant>}:…`. The braces keep a tenant on one node of a cluster. */
export class HotKeys {
  private readonly stem: string;
  /** Changes with every erasure. */
  readonly erased: string;
  /** Erasures by their beginning: who, and whether it is done. */
  readonly erasures: string;
  /** Stamps of days and months. */
  readonly days: string;

  constructor(prefix: string, tenant: string) {
    this.stem = `${prefix}:{${encodeURIComponent(tenant)}}:`;
    this.erased = `${this.stem}erased`;
    this.erasures = `${this.stem}erasures`;
    this.days = `${this.stem}days`;
  }

  /** What someone did; a long id is hashed. */
  subject(name: SubjectName): string {
    if (name.length <= LONGEST_PLAIN) return this.stem + name;
    return `${this.stem}${name.slice(0, 2)}#${createHash('sha256').update(name).digest('base64url')}`;
  }

  /** Item counts of a day or a month. */
  counts(day: string): string {
    return `${this.stem}counts:${day}`;
  }

  /** Pattern of all keys; `SCAN` reads `*`, `?`, `[` and `\` as signs of its own. */
  get pattern(): string {
    return `${this.stem.replace(/[*?[\]\\]/g, '\\$&')}*`;
  }

  /** What a key is for: `u`, `a`, `counts`, `days`, … */
  kindOf(key: string): string {
    return key.slice(this.stem.length).split(':', 1)[0] ?? '';
  }
}
