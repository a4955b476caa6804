/** A fixed list of ids and their rows: the axis of a model's matrix. */
export interface Vocabulary {
  readonly size: number;
  /** Row of an id in `0..size-1`, or −1 where the id is unknown, i.e. cold. */
  row(id: string): number;
  /** Id of a row; throws a RangeError outside `0..size-1`. */
  id(row: number): string;
}

/** Builds a vocabulary over distinct ids, in the given order. */
export function vocabularyOf(ids: readonly string[]): Vocabulary {
  const rows = new Map(ids.map((id, row) => [id, row]));
  return {
    size: ids.length,
    row: (id) => rows.get(id) ?? -1,
    id: (row) => {
      const id = ids[row];
      if (id === undefined) throw new RangeError(`row ${row} is outside a vocabulary of ${ids.length}`);
      return id;
    },
  };
}

/** Rows of many ids at once, −1 where cold: `[ids]`. */
export function rowsOf(vocabulary: Vocabulary, ids: readonly string[]): Int32Array {
  const rows = new Int32Array(ids.length);
  for (let i = 0; i < ids.length; i++) rows[i] = vocabulary.row(ids[i]!);
  return rows;
}
