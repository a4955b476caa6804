import type { DocumentsPort, EventColumns } from '@attune/sdk';

/** Titles of the items a person took up last, the latest first, each once; what was only shown, or refused, is left out. */
export async function recentTitles(
  history: EventColumns,
  most: number,
  documents: DocumentsPort,
): Promise<readonly string[]> {
  const ids = new Set<string>();
  for (let i = history.size - 1; i >= 0 && ids.size < most; i--)
    if (history.items[i] !== '' && TAKEN_UP.has(history.types[i]!)) ids.add(history.items[i]!);
  const items = ids.size === 0 ? [] : await documents.get([...ids]);
  return items.flatMap((item) => (item === undefined ? [] : [item.title]));
}

const TAKEN_UP: ReadonlySet<string> = new Set(['view', 'click', 'add_to_cart', 'purchase', 'like', 'review']);
