import { seeded } from '@attune/testkit';
import { OrderedIds } from './ordered-ids.js';

describe('OrderedIds', () => {
  it('agrees with a set that is sorted for every page, whatever comes and goes between pages', () => {
    const chance = seeded(7);
    const set = new Set<string>();
    const ids = new OrderedIds((id) => set.has(id));
    let pages = 0;
    for (let step = 0; step < 20_000; step++) {
      const id = `${Math.floor(chance() * 300)}`;
      if (chance() < 0.01) {
        const sorted = [...set].sort().filter((each) => each > id);
        expect([ids.page(5, id), ids.page(400), ids.size]).toEqual([sorted.slice(0, 5), [...set].sort(), set.size]);
        pages++;
      } else if (set.delete(id)) {
        ids.delete();
      } else {
        set.add(id);
        ids.add(id);
      }
    }
    expect(pages).toBeGreaterThan(150);
  });

  it('does not grow with what comes and goes while nobody asks', () => {
    const set = new Set<string>();
    const ids = new OrderedIds((id) => set.has(id));
    for (let step = 0; step < 50_000; step++) {
      set.add('a');
      ids.add('a');
      set.delete('a');
      ids.delete();
    }
    expect(JSON.stringify(ids).length).toBeLessThan(20_000);
    expect([ids.size, ids.page(9)]).toEqual([0, []]);
  });
});
