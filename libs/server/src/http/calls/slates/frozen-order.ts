import type { ServedSlate } from '@attune/engine';
import type { DocumentsPort, SlateItem } from '@attune/sdk';
import type { SharedSlate } from '../../../slates/shared-slates.js';
import type { SlateOrder } from '../../../slates/frozen-pages.js';

/**
 * The places of a slate that another gateway froze, each as the slate served again shows it; what that has no more is shown
 * plainly, with its score of then.
 */
export function frozenOrder(
  { ids, scores }: Pick<SharedSlate, 'ids' | 'scores'>,
  { passed, page }: Pick<ServedSlate, 'passed' | 'page'>,
  documents: Pick<DocumentsPort, 'get'>,
): SlateOrder {
  const placeOf = new Map(passed().ids.map((id, place) => [id, place]));
  const show = async (from: number, to: number): Promise<readonly SlateItem[]> => {
    const wanted = ids.slice(from, to);
    const places = wanted.flatMap((id) => placeOf.get(id) ?? []);
    const lost = wanted.filter((id) => !placeOf.has(id));
    const shown = await page(0, places.length, places);
    const found = lost.length === 0 ? [] : await documents.get(lost);
    const plain = lost.map((id, i): Omit<SlateItem, 'rank' | 'score'> => ({ id, ...(found[i] && { item: found[i] }) }));
    const byId = new Map([...shown, ...plain].map((item) => [item.id, item]));
    return wanted.map((id, i) => ({ score: scores[from + i] ?? 0, ...byId.get(id), id, rank: from + i + 1 }));
  };
  return { total: ids.length, show };
}
