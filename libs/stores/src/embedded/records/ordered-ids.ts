/** What may wait besides as much as is in order: else those who never ask would have it grow. */
const MOST_WAITING = 1_000;
/** Fewer are put in one by one, without a look at all that are there. */
const MOST_INSERTED = 64;

/**
 * Ids of a set in ascending order, as `<` compares them. Changes cost nothing until somebody asks: then what came is put
 * in its place, and what went is left out, in time linear in the set at most.
 */
export class OrderedIds {
  /** How many are in the set. */
  size = 0;
  private order: string[] = [];
  private came: string[] = [];
  private went = false;

  /** `has`: whether an id is in the set now; who changes the set says so with `add` and `delete`. */
  constructor(private readonly has: (id: string) => boolean) {}

  /** An id that was not in the set is in it from now on. */
  add(id: string): void {
    this.size++;
    this.came.push(id);
    if (this.came.length > this.order.length + MOST_WAITING) this.settle();
  }

  /** An id that was in the set no longer is. */
  delete(): void {
    this.size--;
    this.went = true;
  }

  /** The first `limit` after an id, be that in the set or not. */
  page(limit: number, after?: string): readonly string[] {
    if (this.went || this.came.length > 0) this.settle();
    const from = after === undefined ? 0 : firstBeyond(this.order, after);
    return this.order.slice(from, from + limit);
  }

  private settle(): void {
    if (this.went) this.order = this.order.filter(this.has);
    const came = [...new Set(this.came)].filter(this.has).sort();
    if (came.length < MOST_INSERTED) for (const id of came) insert(this.order, id);
    else this.order = merged(this.order, came);
    this.came = [];
    this.went = false;
  }
}

function insert(order: string[], id: string): void {
  const at = firstBeyond(order, id);
  // It may have gone and come again.
  if (order[at - 1] !== id) order.splice(at, 0, id);
}

function merged(order: readonly string[], came: readonly string[]): string[] {
  const all: string[] = [];
  let next = 0;
  for (const id of order) {
    while (next < came.length && came[next]! < id) all.push(came[next++]!);
    if (came[next] === id) next++;
    all.push(id);
  }
  return all.concat(came.slice(next));
}

/** The place of the first id greater than this one. */
function firstBeyond(ids: readonly string[], id: string): number {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ids[middle]! <= id) low = middle + 1;
    else high = middle;
  }
  return low;
}
