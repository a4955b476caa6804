import { printable } from '../output/printable.js';
import { textTable } from '../output/text-table.js';

/** As much of the spaces as is printed. */
export interface Spaces {
  readonly items: number;
  readonly spaces: readonly {
    readonly space: string;
    readonly versions: readonly {
      readonly id: string;
      readonly model: string;
      readonly dims: number;
      readonly inUse: boolean;
      readonly missing: number;
    }[];
  }[];
}

/** Versions of all spaces as a table. */
export function spaceTable({ items, spaces }: Spaces, width: number): readonly string[] {
  const rows = spaces.flatMap(({ versions }) =>
    versions.map(({ id, model, dims, inUse, missing }) => [
      id,
      inUse ? 'in use' : 'beside',
      String(dims),
      missing === 0 ? 'filled' : `${missing} of ${items} items missing`,
      printable(model),
    ]),
  );
  const columns = [
    { title: 'version' },
    { title: '' },
    { title: 'dims', right: true },
    { title: 'vectors' },
    { title: 'model', gives: true },
  ];
  return textTable(columns, rows, width);
}
