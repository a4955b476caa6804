/** A row of a file: its cells by column, or why it cannot be read. */
export type Row = ReadableRow | BrokenRow;

export interface ReadableRow {
  /** Line of the file where it begins, from 1; of a Parquet file the number of the row. */
  readonly line: number;
  readonly columns: Readonly<Record<string, unknown>>;
}

export interface BrokenRow {
  readonly line: number;
  readonly fault: string;
  /** The beginning of what was there. */
  readonly text?: string;
}

/** Why one row is left out. Other rows go on. */
export class RowFault extends Error {
  override readonly name = 'RowFault';
}

/** A row, or a line, may be this long. */
export const MAX_ROW_BYTES = 1024 * 1024;

const SHOWN = 200;
export const beginningOf = (text: string): string => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);
