/** Numbers ids in the order in which they are first met. */
export class IdRows {
  readonly #rows = new Map<string, number>();
  readonly ids: string[] = [];

  /** The row of an id, which gets one where it has none. */
  rowOf(id: string): number {
    const known = this.#rows.get(id);
    if (known !== undefined) return known;
    this.#rows.set(id, this.ids.length);
    return this.ids.push(id) - 1;
  }
}
