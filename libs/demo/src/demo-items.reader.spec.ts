import { join } from 'node:path';
import { readDemoItems } from './demo-items.reader.js';

const folder = join(__dirname, '../../../assets/online-retail-2011');
const items = readDemoItems(folder);
const byId = new Map(items.map((item) => [item.id, item]));
const group = (id: string): string | undefined => byId.get(id)?.groupId;

describe('readDemoItems', () => {
  it('reads every product once', () => {
    expect(items).toHaveLength(3_791);
    expect(byId.size).toBe(3_791);
    expect(items.every((item) => item.title.length > 0 && item.price.amount >= 0)).toBe(true);
  });

  it('derives an item from its row', () => {
    expect(byId.get('85123A')).toEqual({
      id: '85123A',
      title: 'White hanging heart T-light holder',
      categories: ['Candles', 'Home decor'],
      tags: ['heart'],
      price: { amount: 2.95, currency: 'GBP' },
      attributes: { color: ['white'] },
      available: true,
      publishedAt: '2010-12-01T00:00:00.000Z',
    });
  });

  it.each([
    ['20728', 'Bags'],
    ['22077', 'Stationery'],
    ['22627', 'Kitchen'],
    ['22731', 'Christmas'],
    ['90103', 'Jewellery'],
  ])('puts %s into %s', (id, category) => {
    expect(byId.get(id)?.categories).toContain(category);
  });

  it('gives no category where no word says one', () => {
    for (const id of ['23702', '23444']) expect(byId.get(id)?.categories).toEqual([]);
  });

  it('reads all colors, and none from ice cream', () => {
    expect(byId.get('21926')?.attributes.color).toEqual(['red', 'cream']);
    expect(byId.get('15058C')?.attributes).toEqual({});
  });

  it('puts parasols that differ by color into one group', () => {
    expect(new Set(['15044A', '15044B', '15044C', '15044D'].map(group))).toEqual(new Set(['group-15044A']));
  });

  it('keeps different designs of one stock number apart', () => {
    expect(['85099B', '85099C', '85099F'].map(group)).toEqual([undefined, undefined, undefined]);
    expect(group('84997A')).toBe('group-84997A');
    expect(group('84997D')).toBe('group-84997A');
    expect(group('84997B')).toBeUndefined();
  });

  it('groups only what shares a stock number', () => {
    for (const item of items) {
      if (item.groupId === undefined) continue;
      expect(item.groupId).toContain(/^\d+/.exec(item.id)?.[0] ?? 'no number');
    }
  });

  it('moves publication dates with the events', () => {
    const moved = readDemoItems(folder, { lastDay: new Date('2011-12-23T12:50:00Z') });
    expect(moved.find((item) => item.id === '85123A')?.publishedAt).toBe('2010-12-15T00:00:00.000Z');
  });
});
