/**
 * Puts the rows that are drawn first and the others after them; returns how many are drawn.
 * @param order room for every row, overwritten
 * @param share chance of each to be drawn
 * @param groups offsets of rows that are drawn together; without them each row is by itself
 */
export function drawRows(order: Int32Array, share: number, random: () => number, groups?: Int32Array): number {
  const count = groups ? groups.length - 1 : order.length;
  let drawn = 0;
  let rest = order.length;
  for (let g = 0; g < count; g++) {
    const inside = share === 1 || random() < share;
    const [from, to] = groups ? [groups[g]!, groups[g + 1]!] : [g, g + 1];
    for (let row = from; row < to; row++) {
      if (inside) order[drawn++] = row;
      else order[--rest] = row;
    }
  }
  return drawn;
}

/** A share of the columns 0..columns-1, at least one, ascending. */
export function drawColumns(columns: number, share: number, random: () => number): Int32Array {
  const all = Int32Array.from({ length: columns }, (_, column) => column);
  if (share === 1) return all;
  const count = Math.max(1, Math.round(share * columns));
  for (let i = 0; i < count; i++) {
    const other = i + Math.floor(random() * (columns - i));
    [all[i], all[other]] = [all[other]!, all[i]!];
  }
  return all.subarray(0, count).sort();
}
