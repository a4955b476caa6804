import type { StoredEvent } from '@attune/sdk';
import type { FoundEvent } from '../../elasticsearch/events/event-log.js';
import { ArrivalStamps } from './arrival.stamps.js';
import { Followed } from '../followed.js';
import { followedEvents } from './followed-events.js';

const NOW = Date.UTC(2026, 10, 21);

/** A log of what was stored, and what follows it in another process. */
function open() {
  let now = NOW;
  const [own, other] = [new ArrivalStamps(() => now, 'aaaa'), new ArrivalStamps(() => now, 'bbbb')];
  const stored: FoundEvent[] = [];
  const put = (stamps: ArrivalStamps, id: string): void => {
    const event: StoredEvent = { id, type: 'search', query: id, userId: 'ann', at: new Date(now).toISOString() };
    stored.push({ event, arrival: stamps.next(), index: 'i', version: { seqNo: 0, primaryTerm: 1 } });
  };
  const [told, warnings]: [string[], string[]] = [[], []];
  const log = {
    broken: false,
    from: '',
    async *scan(query?: object): AsyncGenerator<readonly FoundEvent[]> {
      if (log.broken) throw new Error('no answer');
      const [{ gte }] = Object.values(JSON.parse(JSON.stringify(query)).bool.filter[0].range) as [{ gte: string }];
      log.from = gte;
      yield stored.filter(({ arrival }) => arrival >= gte);
    },
  };
  const listener = { broken: false };
  const followed = new Followed({
    what: 'Events',
    read: (from) => followedEvents(log, from),
    arrivals: own,
    clock: () => now,
    tell: (fresh) => {
      if (listener.broken) throw new Error('no ear');
      told.push(...fresh.map(({ id }) => id));
    },
    warn: (line) => void warnings.push(line),
  });
  return { own, other, put, told, warnings, log, listener, followed, advance: (ms: number) => void (now += ms) };
}

it('tells of what other processes store, once each, and not of its own', async () => {
  const { own, other, put, told, followed, advance } = open();
  followed.start(1_000_000);
  put(other, 'a');
  put(own, 'mine');
  await followed.look();
  await followed.look();
  advance(60_000);
  put(other, 'b');
  await Promise.all([followed.look(), followed.look()]);
  followed.stop();
  expect(told).toEqual(['a', 'b']);
});

it('misses nothing over looks that failed, and warns once', async () => {
  const { other, put, told, warnings, log, listener, followed, advance } = open();
  followed.start(1_000_000);
  put(other, 'a');
  for (const part of [log, log, listener]) {
    part.broken = true;
    await followed.look();
    part.broken = false;
    advance(60_000);
  }
  await followed.look();
  followed.stop();
  expect(told).toEqual(['a']);
  expect(warnings).toEqual(['Events of other processes are told of later: Error: no answer']);
});
