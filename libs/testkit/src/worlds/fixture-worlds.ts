import type { Item } from '@attune/sdk';
import { seeded } from './seeded.js';
import { buildWorld, type Expectation, type World } from './world.js';

const range = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i);

/** Distinct members of a list in seeded order. */
export function pick<T>(from: readonly T[], count: number, seed: string): readonly T[] {
  const rest = [...from];
  const chance = seeded(seed);
  return range(Math.min(count, rest.length)).map(() => rest.splice(Math.floor(chance() * rest.length), 1)[0]!);
}

/** Even users like even items, odd users odd ones: `u0..u11`, `i0..i39`; the last four items (two of each) are cold. */
export function checkerboard(): World {
  const items = range(40).map((n) => parityItem(n));
  const journeys = new Map<string, readonly string[]>();
  const expectations: Expectation[] = [];
  for (const u of range(12)) {
    const warm = (parity: number) =>
      range(36)
        .filter((n) => n % 2 === parity % 2)
        .map((n) => `i${n}`);
    const liked = pick(warm(u), 12, `checkerboard ${u}`);
    journeys.set(
      `u${u}`,
      liked.map((id, i) => (i % 3 === 1 ? `view:${id}` : id)),
    );
    const better = warm(u).filter((id) => !liked.includes(id));
    expectations.push({
      name: `user u${u} prefers ${u % 2 ? 'odd' : 'even'} items`,
      about: 'taste',
      ask: { userId: `u${u}` },
      better,
      worse: warm(u + 1),
    });
  }
  return buildWorld({ name: 'checkerboard', items, journeys, expectations });
}

function parityItem(n: number): Item {
  const side = n % 2 ? 'odd' : 'even';
  return {
    id: `i${n}`,
    title: n % 2 ? `odd crimson kettle ${n}` : `even azure lantern ${n}`,
    categories: [side],
    brand: n % 4 < 2 ? 'north' : 'south',
    price: { amount: 5 + ((n * 7) % 40), currency: 'EUR' },
    publishedAt: new Date(Date.UTC(2026, 0, 1 + (n % 28))).toISOString(),
    ...(n === 34 || n === 35 ? { available: false } : {}),
    ...(n % 10 < 2 ? { groupId: `${side}-group-${Math.floor(n / 20)}` } : {}),
  };
}

/** Item `s(n)` follows `s(n-1)`: `u0..u23` walk six steps each over `s0..s29`, in a ring. Words tell nothing. */
export function chain(): World {
  const size = 30;
  const step = (n: number) => `s${(n + size) % size}`;
  const items = range(size).map((n): Item => ({ id: `s${n}`, title: `parcel ${n}` }));
  const journeys = new Map(range(24).map((u) => [`u${u}`, range(6).map((k) => step(u * 5 + k))]));
  const far = (n: number) => range(10).map((k) => step(n + 10 + k));
  const expectations = range(24).map((u): Expectation => ({
    name: `after ${step(u * 5 + 5)} comes ${step(u * 5 + 6)}`,
    about: 'sequence',
    ask: { userId: `u${u}` },
    better: [step(u * 5 + 6)],
    worse: far(u * 5 + 5),
  }));
  return buildWorld({ name: 'chain', items, journeys, expectations });
}

const GENRES = {
  jazz: 'saxophone swing blue notes brass quartet',
  metal: 'distorted guitar double bass drum growl riff',
} as const;

/** Two genres that share no word: `jazz0..19`, `metal0..19`; the second half of each is cold. Users like one genre. */
export function twoGenres(): World {
  const genres = ['jazz', 'metal'] as const;
  const items = genres.flatMap((genre) =>
    range(20).map((n): Item => ({
      id: `${genre}${n}`,
      title: `${genre} record ${n}`,
      description: GENRES[genre],
      categories: [genre],
    })),
  );
  const journeys = new Map<string, readonly string[]>();
  const expectations: Expectation[] = [];
  genres.forEach((genre, g) => {
    const ids = (of: string, from: number) => range(10).map((n) => `${of}${n + from}`);
    const other = genres[1 - g]!;
    for (const u of range(5)) {
      const userId = `${genre}-fan-${u}`;
      journeys.set(userId, pick(ids(genre, 0), 6, userId));
      expectations.push({
        name: `${userId} prefers unheard ${genre}`,
        about: 'content',
        ask: { userId },
        better: ids(genre, 10),
        worse: ids(other, 10),
      });
    }
    expectations.push({
      name: `${genre} is found by its name`,
      about: 'query',
      ask: { query: genre },
      better: ids(genre, 0),
      worse: ids(other, 0),
    });
    expectations.push({
      name: `like ${genre}0 are others of ${genre}`,
      about: 'content',
      ask: { itemIds: [`${genre}0`] },
      better: ids(genre, 10),
      worse: ids(other, 10),
    });
  });
  return buildWorld({ name: 'two genres', items, journeys, expectations });
}
