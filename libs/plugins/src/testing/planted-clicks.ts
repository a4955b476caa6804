import { DEED, type Item, type ShownSlate, type StoredEvent } from '@attune/sdk';
import { chance } from './chance.js';

/** The clock of a world. */
const NOW = Date.UTC(2026, 2, 2, 12);
const DAY_MS = 86_400_000;
const USERS = 40;
const SLATE = 6;

/** Items 0 to 7: the first four are small, the others large; even ones red, odd ones blue. */
const items: readonly Item[] = Array.from({ length: 8 }, (_, i) => ({
  id: `i${i}`,
  title: `item ${i}`,
  categories: [i < 4 ? 'small' : 'large'],
  attributes: { color: i % 2 === 0 ? 'red' : 'blue' },
}));

/** What is true of a click: small items go on phones, large ones on desktops; red items after a red one; the first place goes best. */
export function plantedOdds(item: number, asked: { device: string; last: number; place: number }): number {
  const fits = asked.device === 'phone' ? item < 4 : item >= 4;
  return -1 + (fits ? 1 : -1) + (item % 2 === asked.last % 2 ? 1 : -1) - 0.5 * asked.place;
}

export const probabilityOf = (odds: number): number => 1 / (1 + Math.exp(-odds));

/**
 * A world of so many slates of six items each: who sees them has looked at one item before, and clicks as `plantedOdds` has it.
 * `i0` is shown at the first place three times of four, its like `i2` at the last. `new` is a small red item that nobody saw.
 */
export function plantedClicks(slates: number) {
  const random = chance(7);
  const events = Array.from({ length: USERS }, (_, u): StoredEvent => {
    const at = new Date(NOW - 60 * DAY_MS + u).toISOString();
    return { id: `e${u}`, type: 'view', userId: `u${u}`, itemId: `i${u % 8}`, at };
  });
  const shown = Array.from({ length: slates }, (_, s): ShownSlate => {
    const user = Math.floor(random() * USERS);
    const device = random() < 0.5 ? 'phone' : 'desktop';
    const order = orderOf(random);
    return {
      at: NOW - 30 * DAY_MS + Math.floor((s / slates) * 29 * DAY_MS),
      userId: `u${user}`,
      surface: 'home',
      context: { device },
      items: order.map((item, place) => {
        const isTaken = random() < probabilityOf(plantedOdds(item, { device, last: user % 8, place }));
        return { id: `i${item}`, position: place, deeds: isTaken ? DEED.click : 0 };
      }),
    };
  });
  return {
    name: 'planted clicks',
    now: NOW,
    items: [...items, { id: 'new', title: 'new', categories: ['small'], attributes: { color: 'red' } }],
    events,
    userIds: Array.from({ length: USERS }, (_, u) => `u${u}`),
    coldItemIds: ['new'] as const,
    spaces: new Map<string, never>(),
    expectations: [],
    shown,
  };
}

/** Six of eight items. */
function orderOf(random: () => number): readonly number[] {
  const all = items.map((_, i) => i);
  for (let i = all.length - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1));
    [all[i], all[other]] = [all[other]!, all[i]!];
  }
  const slate = all.slice(0, SLATE);
  move(slate, 0, random() < 0.75 ? 0 : undefined);
  move(slate, 2, random() < 0.75 ? SLATE - 1 : undefined);
  return slate;
}

/** Puts an item, where it is shown, to a place. */
function move(slate: number[], item: number, to: number | undefined): void {
  const from = slate.indexOf(item);
  if (from < 0 || to === undefined) return;
  [slate[from], slate[to]] = [slate[to]!, slate[from]!];
}
