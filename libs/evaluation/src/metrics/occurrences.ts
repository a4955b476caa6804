/** In how many lists each id occurs: of slates that were shown, or of what users have. An id is a string, or a row. */
export class Occurrences<K> {
  private readonly byId = new Map<K, number>();
  private lists = 0;
  private ids = 0;

  /** One more list, of distinct ids. */
  add(list: Iterable<K>): void {
    this.lists += 1;
    for (const id of list) {
      this.ids += 1;
      this.byId.set(id, (this.byId.get(id) ?? 0) + 1);
    }
  }

  /** Lists that have an id. */
  of(id: K): number {
    return this.byId.get(id) ?? 0;
  }

  /** Of each id that occurs. */
  get counts(): ReadonlyMap<K, number> {
    return this.byId;
  }

  /** How many lists there are. */
  get size(): number {
    return this.lists;
  }

  /** Sum of the counts: how many ids the lists have in all. */
  get total(): number {
    return this.ids;
  }
}

/** Occurrences over lists of distinct ids. */
export function occurrencesOf<K>(lists: Iterable<Iterable<K>>): Occurrences<K> {
  const occurrences = new Occurrences<K>();
  for (const list of lists) occurrences.add(list);
  return occurrences;
}
