/** Words parted by spaces. */
export const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Rows parted by commas, the spellings of a row by "=". */
export const rows = (table: string): readonly (readonly string[])[] =>
  table.split(',').map((row) => row.split('=').map((spelling) => spelling.trim()));

/** Phrases parted by commas; "a b|c" stands for "a b" and "a c". */
export const phrases = (table: string): readonly string[] =>
  table.split(',').flatMap((row) => alternatives(row.trim()));

function alternatives(row: string): readonly string[] {
  const [first = '', ...others] = row.split('|');
  const opening = first.slice(0, first.indexOf(' ') + 1);
  return [first, ...others.map((other) => opening + other)];
}
