import type { CategoryField } from '@attune/algorithms';
import { DEED, type ShownSlate, type StoredEvent } from '@attune/sdk';
import { trainingDataOf, worldBatch, worldRequest, WORLD_NOW, type World, type WorldAsk } from '@attune/testkit';
import { namesOf, planOf, type Showing } from './case-plan.js';
import { casesOf } from './click-cases.js';
import { clickFields } from './click-fields.js';
import { fieldOptions, type FieldOptions } from './field-options.js';
import { pastShowings } from './past-showings.js';
import { showingOf } from './score-clicks.js';

const HOUR = 3_600_000;
const THEN = WORLD_NOW - HOUR;
let events = 0;
const did = (type: string, itemId: string, at: number, userId = 'ann'): StoredEvent => ({
  id: `e${++events}`,
  type,
  userId,
  itemId,
  at: new Date(at).toISOString(),
});

const slate = (more: Partial<ShownSlate> = {}): ShownSlate => ({
  at: THEN,
  userId: 'ann',
  surface: 'home',
  context: { device: 'phone', visits: 3, isMember: true },
  items: ['a', 'new', 'c'].map((id, i) => ({ id, position: i + 4, deeds: i === 0 ? DEED.click : 0 })),
  ...more,
});

const world: World = {
  name: 'moments',
  now: WORLD_NOW,
  items: [
    { id: 'a', title: 'a', categories: ['x', 'y'], brand: 'b', attributes: { size: 3, color: ['red', 'blue'] } },
    { id: 'b', title: 'b' },
    { id: 'c', title: 'c', categories: ['y'], attributes: { isNew: true } },
    { id: 'new', title: 'new', brand: 'b' },
  ],
  events: [
    did('view', 'a', THEN - 9 * HOUR),
    did('purchase', 'b', THEN - 8 * HOUR),
    did('rating', 'c', THEN - 7 * HOUR),
    did('view', 'a', THEN - 6 * HOUR),
    // Of the moment itself, and of later: a slate does not know what comes of it.
    did('click', 'c', THEN),
    did('click', 'c', THEN + 1),
  ],
  userIds: ['ann'],
  users: [{ id: 'ann', attributes: { plan: 'gold', likes: ['x', 'y', 'x'] } }],
  coldItemIds: ['new'],
  spaces: new Map(),
  expectations: [],
  shown: [slate()],
};

const OPTIONS: FieldOptions = fieldOptions.parse({
  user: ['plan', 'likes', 'nothing'],
  items: ['categories', 'brand', 'attributes.size', 'attributes.color', 'attributes.isNew'],
  context: ['device', 'visits', 'isMember', 'nothing'],
});

const pastOf = (of: World): Showing =>
  pastShowings(trainingDataOf(of), { goal: 'click', fields: OPTIONS, cases: 100 }).showings[0]!;
function askedOf(of: World, ask: WorldAsk, ids: readonly string[]): Showing {
  const { candidates, requests } = worldBatch(of, [{ request: worldRequest(of, ask), ids }]);
  return showingOf(requests[0]!, candidates, { start: 0, end: ids.length, options: OPTIONS });
}

/** What cases say, a line a field: texts of the values, `;` between cases. */
function told(showing: Showing, plan = planOf(clickFields(OPTIONS), [showing], 1)): readonly string[] {
  const cases = casesOf(plan, [showing]);
  return namesOf(plan).map((name, f) => {
    const { rows, slots } = cases.fields[f] as CategoryField;
    const { vocabulary } = plan.values.get(name)!;
    const texts = Array.from(rows, (row) => (row < 0 ? '' : vocabulary.id(row)));
    const ofCases = Array.from({ length: cases.count }, (_, i) =>
      texts
        .slice(i * slots, (i + 1) * slots)
        .filter(Boolean)
        .join(','),
    );
    return `${name}: ${ofCases.join('; ')}`;
  });
}

it('says of a slate who saw it, when, where and what, as it was known then', () => {
  expect(told(pastOf(world))).toEqual([
    'history: a,b; a,b; a,b',
    'user.plan: gold; gold; gold',
    'user.likes: x,y; x,y; x,y',
    'context.device: phone; phone; phone',
    'context.visits: 3; 3; 3',
    'context.isMember: true; true; true',
    'hour: 11; 11; 11',
    'weekday: 1; 1; 1',
    'surface: home; home; home',
    'item: a; new; c',
    'categories: x,y; ; y',
    'brand: b; b; ',
    'attributes.size: 3; ; ',
    'attributes.color: red,blue; ; ',
    'attributes.isNew: ; ; true',
    'position: 4; 5; 6',
  ]);
});

it.each([
  ['somebody known', { userId: 'ann', surface: 'home', context: slate().context }, slate()],
  ['somebody without events', { userId: 'bob', context: {} }, slate({ userId: 'bob', context: {} })],
  [
    'nobody',
    { surface: 'cart', context: { device: '' } },
    slate({ userId: undefined, surface: 'cart', context: { device: '' } }),
  ],
] as const)('says the same of a request of %s at the same moment, but for the places', (_, ask, shown) => {
  const past = pastOf({ ...world, shown: [shown] });
  const asked = askedOf(world, { ...ask, now: THEN }, ['a', 'new', 'c']);
  const plan = planOf(clickFields(OPTIONS), [pastOf(world), past], 1);
  const withoutPlaces = (lines: readonly string[]) => lines.filter((line) => !line.startsWith('position'));
  expect(withoutPlaces(told(asked, plan))).toEqual(withoutPlaces(told(past, plan)));
  expect(casesOf(plan, [{ ...past, positions: undefined }])).toEqual(casesOf(plan, [asked]));
});

it('asks about all candidates as at the first place', () => {
  const first = { ...pastOf(world), positions: [0, 0, 0] };
  const plan = planOf(clickFields(OPTIONS), [first, pastOf(world)], 1);
  const asked = askedOf(world, { userId: 'ann', now: THEN }, ['c', 'a']);
  expect(told(asked, plan).at(-1)).toBe('position: 0; 0');
});

it('does not know what it did not learn from', () => {
  const plan = planOf(clickFields(OPTIONS), [pastOf(world)], 1);
  const ask = { userId: 'stranger', surface: 'cart', now: THEN + HOUR, context: { device: 'watch', visits: 3 } };
  expect(told(askedOf(world, ask, ['elsewhere', 'b', 'a']), plan)).toMatchObject({
    0: 'history: ; ; ',
    3: 'context.device: ; ; ',
    4: 'context.visits: 3; 3; 3',
    6: 'hour: ; ; ',
    8: 'surface: ; ; ',
    9: 'item: ; ; a',
  });
});

it('leaves out fields that nothing has a value of, and values that few have', () => {
  const plan = planOf(clickFields(OPTIONS), [pastOf(world)], 2);
  expect(namesOf(plan)).not.toContain('attributes.size');
  expect(told(pastOf(world), plan)).toContain('categories: y; ; y');
});
