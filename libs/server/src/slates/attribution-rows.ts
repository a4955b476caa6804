import { addCounts, noCounts, type AttributedCounts, type Counts, type Group } from './attribution-table.js';

/** Parts of a slate's way that rows can tell apart. */
export type AttributionBy = 'surface' | 'position' | 'pipeline';
/** One row: `position` and `pipeline` where it was asked by them. */
export type AttributionRow = Readonly<Counts> &
  Pick<AttributedCounts, 'surface'> &
  Partial<Pick<AttributedCounts, 'position' | 'pipeline'>>;

/** Numbers in text by their size: position 10 after 9. Made once: making one costs more than sorting by it. */
const BY_PARTS = new Intl.Collator('en', { numeric: true });

/** Counts told apart by these parts, the surface always among them; sorted by them. */
export function rowsOf(groups: Iterable<Group>, by: readonly AttributionBy[]): readonly AttributionRow[] {
  const rows = new Map<string, AttributionRow & Counts>();
  const rowOf = (parts: Omit<AttributionRow, keyof Counts>): Counts => {
    const key = JSON.stringify(Object.values(parts));
    let row = rows.get(key);
    if (row === undefined) rows.set(key, (row = { ...parts, ...noCounts() }));
    return row;
  };
  for (const { surface, pipeline, slates, positions } of groups) {
    const parts = { surface, ...(by.includes('pipeline') && { pipeline }) };
    if (!by.includes('position')) {
      const row = rowOf(parts);
      for (const counts of positions) addCounts(row, { ...counts, slates: 0 });
      row.slates += slates;
    } else
      positions.forEach((counts, place) => {
        if (counts.slates > 0) addCounts(rowOf({ ...parts, position: place + 1 }), counts);
      });
  }
  return [...rows].sort(([a], [b]) => BY_PARTS.compare(a, b)).map(([, row]) => row);
}
