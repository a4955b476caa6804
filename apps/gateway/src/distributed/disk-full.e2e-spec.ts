import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cluster, describeDistributed } from '../testing/cluster.js';
import { recordFault } from '../testing/fault-table.js';
import { eventsFound } from '../testing/found.js';
import { until, type EventSent } from '../testing/http.client.js';
import { slatesDuring } from '../testing/slate-watch.js';
import type { Gateway } from '../testing/start-gateway.js';
import { TINY_ITEMS } from '../testing/tiny-shop.js';

const DISK_BYTES = 2 * 2 ** 20;
const USERS = Array.from({ length: 20 }, (_, n) => `u${n}`);
const ASKED = { surface: 'home', userId: 'u0', seen: 'include', limit: 5 } as const;

/** Of another run other ones, so that the model is another. */
const purchases = (run: number): readonly EventSent[] =>
  USERS.flatMap((userId, n) =>
    [0, 1, 2].map((more) => ({
      ...{ id: `${run}-${n}-${more}`, type: 'purchase', userId },
      itemId: TINY_ITEMS[(n * run + more) % TINY_ITEMS.length]!.id,
    })),
  );

/** A disk of its own at a folder, where this user may mount one. */
function mountDisk(folder: string): boolean {
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES},mode=777`, 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describeDistributed('a full disk where models are kept', () => {
  const cluster = new Cluster();
  const models = join(cluster.folder, 'artifacts');
  const filler = join(models, 'filler');
  const isMounted = mountDisk(models);
  afterAll(async () => {
    await cluster.close();
    if (isMounted) execFileSync('umount', ['--lazy', models]);
  });

  let runs = 0;
  /** Purchases that were not there before. */
  const buy = async (gateway: Gateway): Promise<unknown> => gateway.send(...purchases(2 * runs++ + 1));
  /** Whether slates are made with a model. */
  const hasModel = async (gateway: Gateway): Promise<boolean> => {
    const { items, degraded } = await gateway.slate(ASKED);
    return items.length > 0 && degraded.every(({ code }) => code !== 'ARTIFACT_MISSING');
  };
  /** Digest of the model in use. */
  const promoted = (): string => readFileSync(join(models, 'default', 'ease', 'promoted'), 'utf8');
  const fill = (): void => {
    const { bavail, bsize } = statfsSync(models);
    writeFileSync(filler, Buffer.alloc(bavail * bsize));
  };

  (isMounted ? it : it.skip)('fails the training, says why, keeps the old model; space mends it', async () => {
    const [gateway] = await Promise.all([cluster.gateway(), cluster.worker()]);
    const train = async (): Promise<string> =>
      (await gateway.expect<{ jobId: string }>('POST', '/v1/jobs', { type: 'train' })).jobId;
    await gateway.putItems(TINY_ITEMS);
    await buy(gateway);
    await gateway.completed(await train());
    await until('the model to be in use', () => hasModel(gateway));
    const before = promoted();
    let recoveryMs = 0;
    const seen = await slatesDuring({ gateways: () => [gateway], asked: ASKED }, async () => {
      fill();
      await buy(gateway);
      const failed = await train();
      await expect(gateway.completed(failed)).rejects.toThrow(/is full: free some disk space/);
      expect([await hasModel(gateway), promoted()]).toEqual([true, before]);
      rmSync(filler);
      const freedAt = performance.now();
      await gateway.completed(await train());
      recoveryMs = performance.now() - freedAt;
    });
    expect(promoted()).not.toBe(before);
    expect(seen.faults).toEqual([]);
    expect([...seen.degraded]).not.toContain('ARTIFACT_MISSING');
    const times = await eventsFound(gateway, USERS);
    const acknowledged = runs * purchases(1).length;
    const found = [...times.values()].filter((count) => count === 1).length;
    expect(found).toBe(acknowledged);
    recordFault({ fault: 'Disk of the models full', acknowledged, found, recoveryMs });
  });
});
