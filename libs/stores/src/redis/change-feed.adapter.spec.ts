import type { Change, ChangeFeed, ChangesLost } from '@attune/sdk';
import { hasRedisServer, OwnRedis } from '../fixtures/redis-server.js';
import { describeWith, freshPrefix, PATIENT_MS, urlOf } from '../fixtures/services.js';
import { Wire } from '../fixtures/wire.js';
import { RedisChanges } from './change-feed.adapter.js';
import { RedisConnection } from './redis.connection.js';

const LOST: ChangesLost = { kind: 'lost' };
const items = (...ids: readonly string[]): Change => ({ kind: 'items', ids });

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** What a process hears of a tenant. */
class Heard {
  readonly changes: (Change | ChangesLost)[] = [];
  readonly stop: () => void;

  constructor(readonly feed: ChangeFeed) {
    this.stop = feed.onChange((change) => this.changes.push(change));
  }

  /** Everything heard up to this one; forgets it. */
  async upTo(change: Change | ChangesLost): Promise<readonly (Change | ChangesLost)[]> {
    const text = JSON.stringify(change);
    await until(() => this.changes.some((each) => JSON.stringify(each) === text));
    return this.changes.splice(0);
  }
}

describeWith(['redis'], 'RedisChanges', () => {
  let prefix: string;
  const closing: (() => void | Promise<void>)[] = [];
  beforeEach(() => void (prefix = freshPrefix()));
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  /** A process of its own, which gives up what is not answered early where it goes by a way of the spec's. */
  async function process(url?: string): Promise<RedisChanges> {
    const connection = new RedisConnection(
      url === undefined ? { url: urlOf('redis'), prefix, commandTimeoutMs: PATIENT_MS } : { url, prefix },
    );
    const changes = new RedisChanges(connection);
    closing.push(() => {
      changes.close();
      connection.close();
    });
    await connection.open();
    await changes.open();
    return changes;
  }

  /** A process that goes by a way of its own to Redis. */
  async function onWire(): Promise<{ readonly changes: RedisChanges; readonly wire: Wire }> {
    const wire = await Wire.to(urlOf('redis'));
    closing.push(() => wire.close());
    return { changes: await process(wire.url), wire };
  }

  it('tells the other processes of a tenant each change as it is, and nobody his own', async () => {
    const [one, two, three] = [await process(), await process(), await process()];
    const feed = await one.of('a/🙂');
    const [own, second, third] = [feed, await two.of('a/🙂'), await three.of('a/🙂')].map((each) => new Heard(each));
    const elsewhere = new Heard(await two.of('a'));
    const changes: readonly Change[] = [
      items('i1', '🙂', ''),
      { kind: 'users', userIds: ['ann', 'bob'] },
      { kind: 'model', name: 'ease' },
      { kind: 'consent', userIds: ['ann'] },
      { kind: 'forgotten', userIds: ['ann'], anonymousIds: [] },
    ];
    for (const change of changes) await feed.publish(change);
    await second!.feed.publish(items('last'));
    expect(await own!.upTo(items('last'))).toEqual([items('last')]);
    expect(await third!.upTo(items('last'))).toEqual([...changes, items('last')]);
    expect(second!.changes).toEqual(changes);
    expect(elsewhere.changes).toEqual([]);
    expect(await one.of('a/🙂')).toBe(feed);
  });

  it('tells a listener nothing more once he has stopped', async () => {
    const [one, two] = [await process(), await process()];
    const feed = await one.of('t');
    const other = await two.of('t');
    const [first, second] = [new Heard(other), new Heard(other)];
    first.stop();
    await feed.publish(items('a'));
    await second.upTo(items('a'));
    expect(first.changes).toEqual([]);
  });

  it.each([
    ['no JSON', 'no JSON'],
    ['nothing', ''],
    ['null', 'null'],
    ['a deep nest', '['.repeat(50_000)],
    ['a sender without a name', '{"from":7,"change":{"kind":"lost"}}'],
    ['ids that are no list', '{"from":"x","change":{"kind":"items","ids":"abc"}}'],
    ['a member too few', '{"from":"x","change":{"kind":"forgotten","userIds":["ann"]}}'],
    ['a kind of later versions', '{"from":"x","change":{"kind":"weather"}}'],
    ['a prototype', '{"from":"x","change":{"__proto__":{"kind":"items","ids":[]}}}'],
  ])('takes what it cannot read for a change it does not know: %s', async (_, text) => {
    const [one, two] = [await process(), await process()];
    const heard = new Heard(await two.of('t'));
    const feed = await one.of('t');
    const connection = new RedisConnection({ url: urlOf('redis'), prefix });
    closing.push(() => connection.close());
    await connection.open();
    expect(await connection.client.publish(`${prefix}:{t}:changes`, text)).toBe(2);
    await feed.publish(items('a'));
    expect(await heard.upTo(items('a'))).toEqual([LOST, items('a')]);
  });

  it('tells `lost` once it hears again, before anything it hears then', async () => {
    const { changes, wire } = await onWire();
    const other = await (await process()).of('t');
    const heard = new Heard(await changes.of('t'));
    expect(heard.feed.isListening).toBe(true);
    wire.cut();
    await until(() => !heard.feed.isListening);
    await other.publish(items('missed'));
    wire.mend();
    await until(() => heard.feed.isListening);
    await other.publish(items('after'));
    expect(await heard.upTo(items('after'))).toEqual([LOST, items('after')]);
  });

  it('listens later to what was subscribed while there was no connection, and says that it heard nothing before', async () => {
    const wire = await Wire.to(urlOf('redis'));
    closing.push(() => wire.close());
    wire.cut();
    const heard = new Heard(await (await process(wire.url)).of('t'));
    expect([heard.feed.isListening, heard.changes]).toEqual([false, []]);
    wire.mend();
    expect(await heard.upTo(LOST)).toEqual([LOST]);
    expect(heard.feed.isListening).toBe(true);
    await (await (await process()).of('t')).publish(items('a'));
    expect(await heard.upTo(items('a'))).toEqual([items('a')]);
  });

  it('has others told `lost` of what it could not publish, though their connection held', async () => {
    const { changes, wire } = await onWire();
    const feed = await changes.of('t');
    const heard = new Heard(await (await process()).of('t'));
    wire.cut();
    await feed.publish(items('a'));
    await feed.publish(items('b'));
    wire.mend();
    expect(await heard.upTo(LOST)).toEqual([LOST]);
    await until(() => feed.isListening);
    await feed.publish(items('c'));
    expect(await heard.upTo(items('c'))).toEqual([items('c')]);
  });

  it('does not believe a silent connection for long, whichever way it is silent', async () => {
    const { changes, wire } = await onWire();
    const feed = await changes.of('t');
    const own = new Heard(feed);
    const other = new Heard(await (await process()).of('t'));
    wire.silence();
    await Promise.all([feed.publish(items('a')), until(() => !feed.isListening)]);
    wire.mend();
    await other.upTo(LOST);
    await own.upTo(LOST);
    expect(feed.isListening).toBe(true);
  });

  (hasRedisServer() ? it : it.skip)('survives the death of the server (needs the program redis-server)', async () => {
    const redis = await OwnRedis.start();
    closing.push(() => redis.kill());
    const [one, two] = [await process(redis.url), await process(redis.url)];
    const all = [new Heard(await one.of('t')), new Heard(await two.of('t')), new Heard(await two.of('u'))];
    await redis.kill();
    await until(() => all.every(({ feed }) => !feed.isListening));
    await all[0]!.feed.publish(items('nobody hears it'));
    const late = new Heard(await one.of('late'));
    await redis.start();
    for (const heard of [...all, late]) expect((await heard.upTo(LOST))[0]).toEqual(LOST);
    await until(() => all.every(({ feed }) => feed.isListening));
    await all[0]!.feed.publish(items('a'));
    await all[1]!.upTo(items('a'));
  });
});
