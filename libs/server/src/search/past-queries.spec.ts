import type { StoredEvent } from '@attune/sdk';
import { PastQueries, type QueryPerson } from './past-queries.js';

let count = 0;
const search = (who: QueryPerson, query: string): StoredEvent =>
  ({ id: `e${++count}`, type: 'search', ...who, query, at: '2026-11-01T00:00:00.000Z' }) as StoredEvent;
const anybody = ({ userId, anonymousId }: QueryPerson) => userId ?? anonymousId;

function queriesOf(...rows: readonly (readonly [QueryPerson, string])[]): PastQueries {
  const queries = new PastQueries();
  for (const [who, query] of rows) queries.add(search(who, query));
  return queries;
}
const ann = { userId: 'ann' };
const bob = { userId: 'bob' };
const visitor = { anonymousId: 'ann' };

describe('PastQueries', () => {
  it('shares what two people searched for, in whatever spelling', () => {
    const queries = queriesOf(
      [ann, 'Lunch Box!'],
      [ann, 'lunch box'],
      [ann, 'secret'],
      [bob, 'lunch  box'],
      [visitor, 'mug'],
    );
    expect(queries.shared(anybody)).toEqual([{ text: 'lunch box', people: 2 }]);
  });

  it('counts people, not ids, and only those it may', () => {
    const queries = queriesOf([ann, 'mug'], [visitor, 'mug'], [bob, 'mug']);
    const joined = () => 'one and the same';
    expect(queries.shared(joined)).toEqual([]);
    expect(queries.shared(({ userId }) => (userId === 'bob' ? undefined : 'x'))).toEqual([]);
    expect(queries.shared((who) => (who.userId === 'bob' ? 'bob' : 'ann'))).toEqual([{ text: 'mug', people: 2 }]);
  });

  it('gives somebody his own as typed, the latest first, once', () => {
    const queries = queriesOf([ann, 'Mug'], [ann, 'Lunch box'], [ann, 'MUG'], [bob, 'bag'], [visitor, 'hat']);
    expect(queries.of([ann])).toEqual(['MUG', 'Lunch box']);
    expect(queries.of([ann, visitor])).toEqual(['MUG', 'Lunch box', 'hat']);
    expect(queries.of([{ userId: 'nobody' }])).toEqual([]);
  });

  it('forgets people', () => {
    const queries = queriesOf([ann, 'mug'], [bob, 'mug'], [ann, 'own']);
    const { version } = queries;
    expect(queries.forget([ann])).toBe(2);
    expect(queries.version).toBeGreaterThan(version);
    expect([queries.shared(anybody), queries.of([ann]), queries.of([bob])]).toEqual([[], [], ['mug']]);
    expect(queries.forget([ann])).toBe(0);
  });

  it('grows its version only where others may see a change', () => {
    const queries = queriesOf([ann, 'mug'], [ann, 'own']);
    expect(queries.version).toBe(0);
    queries.add(search(bob, 'mug'));
    expect(queries.version).toBe(1);
    queries.add(search(bob, 'mug'));
    expect(queries.version).toBe(1);
  });

  it('remembers the latest 50 of somebody, and no essays, symbols, or other events', () => {
    const queries = new PastQueries();
    for (let i = 0; i < 60; i++) queries.add(search(ann, `query ${i}`));
    expect(queries.of([ann])).toHaveLength(50);
    expect(queries.of([ann])[0]).toBe('query 59');
    for (const text of ['x'.repeat(101), 'a b c d e f g h i', '🎁', '', '\0']) queries.add(search(bob, text));
    queries.add({ ...search(bob, 'mug'), type: 'view' });
    queries.add({ ...search(bob, 'mug'), query: undefined });
    expect(queries.of([bob])).toEqual([]);
  });
});
