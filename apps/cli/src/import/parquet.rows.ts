import { CommandError } from '../exit-code.js';
import { beginning } from './source-bytes.js';
import type { Row } from './row.js';

/** Rows of a Parquet file, numbered from 1; one row group is in memory at a time. */
export async function* parquetRows(file: string, onRow: (done: number, total: number) => void): AsyncGenerator<Row> {
  if (!(await beginning(file)).subarray(0, 4).equals(Buffer.from('PAR1')))
    throw new CommandError(`${file} is no Parquet file`, 'Give the right --format, or export it again.');
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } = await import('hyparquet');
  const { compressors } = await import('hyparquet-compressors');
  const read = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new CommandError(`${file} is a broken Parquet file (${why})`, 'Export it again; rows before are in.');
    }
  };
  const source = await read(() => asyncBufferFromFile(file));
  const metadata = await read(() => parquetMetadataAsync(source));
  const total = Number(metadata.num_rows);
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    const rows = await read(() => parquetReadObjects({ file: source, metadata, compressors, rowStart, rowEnd }));
    for (const [i, columns] of rows.entries()) {
      onRow(rowStart + i + 1, total);
      yield { line: rowStart + i + 1, columns };
    }
    rowStart = rowEnd;
  }
}
