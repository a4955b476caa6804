import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { DEMO_DATA_END, demoShiftWeeks } from './demo-calendar.js';
import { readDemoEvents } from './demo-events.reader.js';

const folder = join(__dirname, '../../../assets/online-retail-2011');
const WEEK = 7 * 24 * 3600 * 1000;

describe('readDemoEvents', () => {
  const events = readDemoEvents(folder, { lastDay: DEMO_DATA_END });

  it('gives one purchase for each identified basket', () => {
    expect(events).toHaveLength(18_402);
    expect(new Set(events.map((event) => event.id)).size).toBe(18_402);
    expect(new Set(events.map((event) => event.userId)).size).toBe(4_334);
    expect(new Set(events.flatMap((event) => event.itemIds.map((item) => `${event.userId} ${item}`))).size).toBe(
      266_221,
    );
  });

  it('lists each item of a basket once and no basket is empty', () => {
    for (const { itemIds } of events) {
      expect(itemIds.length).toBeGreaterThan(0);
      expect(new Set(itemIds).size).toBe(itemIds.length);
    }
  });

  it('keeps time order and the facts of the first and last basket', () => {
    expect(events.every((event, index) => index === 0 || (events[index - 1]?.at ?? '') <= event.at)).toBe(true);
    expect(events[0]).toEqual({
      id: 'invoice-536365',
      type: 'purchase',
      userId: '17850',
      itemIds: ['85123A', '71053', '84406B', '84029G', '84029E', '22752', '21730'],
      at: '2010-12-01T08:26:00.000Z',
      context: { country: 'United Kingdom' },
    });
    expect(events.at(-1)?.at).toBe('2011-12-09T12:50:00.000Z');
  });

  it('leaves out cancellations', () => {
    expect(events.some((event) => event.id.startsWith('invoice-C'))).toBe(false);
  });

  it('shifts every time by the same whole weeks', () => {
    const lastDay = new Date('2026-11-21T10:00:00Z');
    const shifted = readDemoEvents(folder, { lastDay });
    const shift = demoShiftWeeks(lastDay) * WEEK;
    expect(shifted.every((event, i) => Date.parse(event.at) - Date.parse(events[i]?.at ?? '') === shift)).toBe(true);
  });

  it('names a missing file', () => {
    expect(() => readDemoEvents(join(folder, 'nowhere'), { lastDay: DEMO_DATA_END })).toThrow('products.csv.gz');
  });

  it('may split lines at commas because the file quotes nothing', () => {
    const bytes = gunzipSync(readFileSync(join(folder, 'transactions.csv.gz')));
    expect(bytes.includes('"')).toBe(false);
    expect(bytes.toString('utf8').trimEnd().split('\n')).toHaveLength(541_910);
  });
});

describe('demoShiftWeeks', () => {
  it.each([
    '2026-11-21T10:00:00Z',
    '2011-12-09T12:50:00Z',
    '2011-12-16T12:49:59Z',
    '2012-02-29T00:00:00Z',
    '2009-01-01T00:00:00Z',
  ])('ends the data in the week before %s, never after', (day) => {
    const end = DEMO_DATA_END.getTime() + demoShiftWeeks(new Date(day)) * WEEK;
    expect(end).toBeLessThanOrEqual(Date.parse(day));
    expect(end).toBeGreaterThan(Date.parse(day) - WEEK);
  });

  it('refuses a date that is none', () => {
    expect(() => demoShiftWeeks(new Date('soon'))).toThrow('lastDay is not a valid date');
  });
});
