import { setTimeout as pause } from 'node:timers/promises';
import { hasStatus, type ElasticsearchConnection } from './client.js';

/** Between two looks at how far an index has come. */
const LOOK_MS = 1_000;
/** A shard's copies let go of what was deleted about every 30 s; beyond this something is wrong. */
const PATIENCE_MS = 180_000;
const MERGE_TIMEOUT_MS = 3_600_000;

/** Setting of an index for `Expunger`: a merge for the sake of deletions leaves none, however few they are. */
export const EXPUNGED_WHOLLY = { 'merge.policy.expunge_deletes_allowed': 0 };

/** One copy of a shard: how far it is, and from where on it keeps what is deleted. */
interface ShardCopy {
  readonly shard: string;
  readonly last: number;
  readonly keptFrom: number;
}

/**
 * Gets what was deleted or replaced off the disk. Elasticsearch keeps it in its segments until a merge, and a merge
 * keeps it while a copy of the shard may ask for it: half a minute, as a rule. So this is done behind the scenes, for an
 * index at a time, together for all deletions that wait meanwhile.
 */
export class Expunger {
  private readonly waiting = new Set<string>();
  private readonly stopped = new AbortController();
  private work: Promise<void> | undefined;

  constructor(
    private readonly connection: ElasticsearchConnection,
    /** Told of what may be on disk still, and why. */
    private readonly warn: (line: string) => void,
  ) {}

  /** What was deleted from an index before this call leaves the disk some time after it. */
  soon(index: string): void {
    if (this.stopped.signal.aborted) return;
    this.waiting.add(index);
    this.work ??= this.run();
  }

  /** Resolves when nothing waits any more: it is off the disk, or `warn` was told. */
  async settled(): Promise<void> {
    await this.work;
  }

  /** Gives up what waits: Elasticsearch's own merges take it in time. */
  async close(): Promise<void> {
    this.stopped.abort();
    await this.work;
  }

  private async run(): Promise<void> {
    for (const index of this.waiting) {
      this.waiting.delete(index);
      await this.expunge(index).catch((error: unknown) => {
        if (hasStatus(error, 404) || this.stopped.signal.aborted) return;
        this.warn(`What was deleted from ${index} may be on disk until Elasticsearch merges: ${String(error)}`);
      });
    }
    this.work = undefined;
  }

  private async expunge(index: string): Promise<void> {
    await this.released(index);
    // Committed, or the merge keeps what a recovery from the last commit would repeat.
    await this.flush(index);
    await this.connection.write((client) =>
      client.indices.forcemerge({ index, only_expunge_deletes: true }, { requestTimeout: MERGE_TIMEOUT_MS }),
    );
    // Committed and read anew, or the old segments are still in use.
    await this.flush(index);
    await this.connection.refresh(index);
  }

  /** Resolves when no copy of a shard keeps anything that is deleted by now. */
  private async released(index: string): Promise<void> {
    const last = new Map((await this.copies(index)).map((copy) => [copy.shard, copy.last]));
    for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_MS) {
      const copies = await this.copies(index);
      if (copies.every(({ shard, keptFrom }) => keptFrom > (last.get(shard) ?? -1))) return;
      await pause(LOOK_MS, undefined, { signal: this.stopped.signal });
    }
    throw new Error('a copy of a shard does not catch up');
  }

  private async copies(index: string): Promise<readonly ShardCopy[]> {
    const { indices = {} } = await this.connection.read((client) => client.indices.stats({ index, level: 'shards' }));
    return Object.entries(indices).flatMap(([name, { shards = {} }]) =>
      Object.entries(shards).flatMap(([shard, copies]) =>
        copies.map(({ seq_no: seqNo, retention_leases: kept }) => ({
          shard: `${name}/${shard}`,
          last: seqNo?.max_seq_no ?? -1,
          keptFrom: Math.min(...(kept?.leases ?? []).map((lease) => lease.retaining_seq_no)),
        })),
      ),
    );
  }

  private async flush(index: string): Promise<void> {
    await this.connection.write((client) => client.indices.flush({ index, wait_if_ongoing: true }));
  }
}
