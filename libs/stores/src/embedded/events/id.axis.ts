import type { Vocabulary } from '@attune/sdk';

/** Ids numbered in order of arrival; a number never changes. */
export class IdAxis {
  private readonly rows = new Map<string, number>();
  private readonly ids: string[] = [];
  private view: Vocabulary | undefined;

  get size(): number {
    return this.ids.length;
  }

  /** Row of an id, given a new one where it was not known. */
  add(id: string): number {
    let row = this.rows.get(id);
    if (row === undefined) {
      row = this.ids.push(id) - 1;
      this.rows.set(id, row);
    }
    return row;
  }

  /** Row of an id, or −1. */
  row(id: string): number {
    return this.rows.get(id) ?? -1;
  }

  /** Id of a row; the empty string outside the axis. */
  id(row: number): string {
    return this.ids[row] ?? '';
  }

  list(): readonly string[] {
    return [...this.ids];
  }

  /** The axis as it is now: never changes afterwards; the same object until an id is added. */
  vocabulary(): Vocabulary {
    if (this.view?.size !== this.size) this.view = this.viewOf(this.size);
    return this.view;
  }

  private viewOf(size: number): Vocabulary {
    return {
      size,
      row: (id) => {
        const row = this.rows.get(id);
        return row === undefined || row >= size ? -1 : row;
      },
      id: (row) => {
        const id = row < size ? this.ids[row] : undefined;
        if (id === undefined) throw new RangeError(`row ${row} is outside a vocabulary of ${size}`);
        return id;
      },
    };
  }
}
