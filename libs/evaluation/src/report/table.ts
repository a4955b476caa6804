import { markup, type Markup, type Part } from './markup.js';

/** A table whose first column names its rows. */
export interface Table {
  readonly caption: string;
  /** What the other columns hold: figures stand under each other, text may wrap. */
  readonly cells: 'figures' | 'text';
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Part[])[];
}

/** The table as HTML; it scrolls by itself where the page is narrow. */
export const tableOf = ({
  caption,
  cells,
  columns,
  rows,
}: Table): Markup => markup`<div class="scroll" tabindex="0" role="region" aria-label="${caption}">
<table class="${cells}">
<caption>${caption}</caption>
<thead><tr>${columns.map((column) => markup`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>
${rows.map(rowOf)}</tbody>
</table>
</div>
`;

const rowOf = ([name, ...cells]: readonly Part[]): Markup =>
  markup`<tr><th scope="row">${name ?? ''}</th>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>
`;
