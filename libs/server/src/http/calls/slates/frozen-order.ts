import type { ServedSlate } from '@attune/engine';
import type { DocumentsPort, SlateItem } from '@attune/sdk';
import type { SlateOrder } from '../../../slates/frozen-pages.js';
import type { SharedSlate } from '../../../slates/shared-slates.js';

/**
 * The places of a slate that another gateway froze, each with its score of then. The slate served again has the reasons, and
 * the parts of a score where they still give it: a model may be another by now, or a plugin have missed its time.
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
    const shown = new Map((await page(0, places.length, places)).map((item) => [item.id, item]));
    const lost = wanted.filter((id) => !shown.has(id));
    const found = lost.length === 0 ? [] : await documents.get(lost);
    const documentOf = new Map(lost.map((id, i) => [id, found[i]]));
    return wanted.map((id, i) => {
      const place = { id, score: scores[from + i] ?? 0, rank: from + i + 1 };
      const document = documentOf.get(id);
      const { contributions, ...item } = shown.get(id) ?? { ...place, ...(document && { item: document }) };
      return { ...item, ...place, ...(item.score === place.score && contributions && { contributions }) };
    });
  };
  return { total: ids.length, show };
}
