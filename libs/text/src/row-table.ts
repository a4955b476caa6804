const NONE = 0xffffffff;
const FIRST_CAPACITY = 64;
/** Bound on document numbers: they index typed arrays. */
const MAX_DOCS = 1 << 26;

/**
 * Maps document numbers to rows and back. Each upsert takes a new row at the end, so that postings stay sorted; the
 * row it replaces is dead until the next compaction. Keeps each row's length and the sum over living rows.
 */
export class RowTable {
  /** Rows handed out, dead ones included. */
  rows = 0;
  /** Living rows, which is the number of documents. */
  live = 0;
  private rowOfDoc = new Uint32Array(FIRST_CAPACITY).fill(NONE);
  private docOfRow = new Uint32Array(FIRST_CAPACITY);
  private lengths = new Float32Array(FIRST_CAPACITY);
  private totalLength = 0;

  /** Mean boosted length of the living documents; 1 when all are empty. */
  get meanLength(): number {
    return this.totalLength > 0 ? this.totalLength / this.live : 1;
  }

  /** The row of a document, or -1. */
  rowOf(doc: number): number {
    const row = this.rowOfDoc[doc] ?? NONE;
    return row === NONE ? -1 : row;
  }

  /** The document of a row, or -1 for a dead row. */
  docOf(row: number): number {
    const doc = this.docOfRow[row] ?? NONE;
    return doc === NONE ? -1 : doc;
  }

  lengthOf(row: number): number {
    return this.lengths[row] ?? 0;
  }

  /** Gives the document a new row. Throws RangeError when `doc` is no integer of 0 … 2^26 - 1. */
  add(doc: number, length: number): number {
    if (!Number.isInteger(doc) || doc < 0 || doc >= MAX_DOCS) {
      throw new RangeError(`document number ${doc} is not an integer of 0 … ${MAX_DOCS - 1}; number documents densely`);
    }
    this.remove(doc);
    this.reserve(doc);
    const row = this.rows++;
    this.rowOfDoc[doc] = row;
    this.docOfRow[row] = doc;
    this.lengths[row] = length;
    this.totalLength += this.lengthOf(row);
    this.live++;
    return row;
  }

  /** True when the document was there. */
  remove(doc: number): boolean {
    const row = this.rowOf(doc);
    if (row < 0) return false;
    this.rowOfDoc[doc] = NONE;
    this.docOfRow[row] = NONE;
    this.live--;
    // Subtracting floats may leave a trace of what is gone; an empty table must not.
    this.totalLength = this.live === 0 ? 0 : this.totalLength - this.lengthOf(row);
    return true;
  }

  /** Closes the gaps of dead rows. Returns each old row's new number, `dropped` for the dead. */
  compact(): { renumbered: Uint32Array; dropped: number } {
    const renumbered = new Uint32Array(this.rows).fill(NONE);
    const docOfRow = new Uint32Array(Math.max(this.live, FIRST_CAPACITY));
    const lengths = new Float32Array(docOfRow.length);
    let next = 0;
    this.totalLength = 0;
    for (let row = 0; row < this.rows; row++) {
      const doc = this.docOf(row);
      if (doc < 0) continue;
      renumbered[row] = next;
      docOfRow[next] = doc;
      lengths[next] = this.lengthOf(row);
      this.totalLength += this.lengthOf(row);
      this.rowOfDoc[doc] = next++;
    }
    this.rows = next;
    this.docOfRow = docOfRow;
    this.lengths = lengths;
    return { renumbered, dropped: NONE };
  }

  private reserve(doc: number): void {
    if (doc >= this.rowOfDoc.length) {
      const grown = new Uint32Array(Math.max(doc + 1, this.rowOfDoc.length * 2)).fill(NONE);
      grown.set(this.rowOfDoc);
      this.rowOfDoc = grown;
    }
    if (this.rows < this.docOfRow.length) return;
    const docs = new Uint32Array(this.rows * 2);
    docs.set(this.docOfRow);
    this.docOfRow = docs;
    const lengths = new Float32Array(this.rows * 2);
    lengths.set(this.lengths);
    this.lengths = lengths;
  }
}
