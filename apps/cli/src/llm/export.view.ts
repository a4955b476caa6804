import { join } from 'node:path';
import { textTable } from '../output/text-table.js';
import type { ExportManifest } from './export-lines.js';

/** Lines by task, and where they are. */
export function exportLinesOf({ tasks, heldOutFrom, files }: ExportManifest, folder: string): readonly string[] {
  const columns = [{ title: 'task' }, { title: 'train', right: true }, { title: 'held out', right: true }];
  const rows = Object.entries(tasks).map(([task, count]) => [task, String(count.train), String(count['held-out'])]);
  return [
    ...textTable(columns, rows),
    '',
    heldOutFrom === undefined ? 'Nothing is held out.' : `Held out is what happened from ${heldOutFrom} on.`,
    `${[...Object.keys(files), 'manifest.json'].map((name) => join(folder, name)).join(', ')}`,
  ];
}
