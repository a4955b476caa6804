import { defineRetriever, NOTHING_RETRIEVED, vocabularyOf, type Retrieved } from '@attune/sdk';
import { CHECKS } from '../contract/check-names.js';
import { prove, unseeded } from './prove.js';

type Bug =
  | 'limit + 1'
  | 'duplicates'
  | 'worst first'
  | 'scores of the whole catalogue'
  | 'NaN score'
  | 'mask upside down'
  | 'crashes on a stranger'
  | 'skips cold users'
  | 'shares one answer'
  | 'unseeded ties'
  | 'proposes nothing'
  | 'hides a failing port in its answer'
  | 'undeclared port';

/** Best sellers, the user's own first; a user without history gets the best sellers. */
function bestSellers(bug?: Bug) {
  const chance = unseeded();
  return defineRetriever({
    id: 'best-sellers',
    version: '1.0.0',
    needs: ['history'],
    uses: bug === 'undeclared port' ? [] : ['counts'],
    setup: (_config, host) => ({
      async retrieve(requests, limit, call) {
        const { counts } = host as Required<typeof host>;
        const sold = await counts.window({ types: ['purchase'], from: -Infinity, to: Infinity });
        if (bug === 'hides a failing port in its answer' && call.deadline.signal.aborted)
          return new Promise(() => undefined);
        const vocabulary = vocabularyOf(Array.from(sold.byRow, (_, row) => sold.vocabulary.id(row)));
        const answerTo = async (request: (typeof requests)[number]): Promise<Retrieved> => {
          if (bug === 'proposes nothing') return NOTHING_RETRIEVED;
          if (bug === 'crashes on a stranger') void request.history.items[0]!.length;
          const allowed = await request.allowed(vocabulary);
          const own = new Set(request.history.items);
          const passes = (row: number) =>
            bug === 'mask upside down' ? allowed?.[row] !== 1 || !allowed : (allowed?.[row] ?? 1) === 1;
          const scored = Array.from(sold.byRow, (count, row) => ({
            id: vocabulary.id(row),
            score: count + (own.has(vocabulary.id(row)) ? 100 : 0) + (bug === 'unseeded ties' ? chance() : 0),
            row,
          })).filter(({ row }) => passes(row));
          scored.sort((a, b) => (bug === 'worst first' ? a.score - b.score : b.score - a.score) || a.row - b.row);
          const ids = scored.slice(0, bug === 'limit + 1' ? limit + 1 : limit).map(({ id }) => id);
          const kept = bug === 'scores of the whole catalogue' ? scored : scored.slice(0, ids.length);
          const scores = Float32Array.from(kept, ({ score }) => (bug === 'NaN score' && own.size === 0 ? NaN : score));
          if (bug === 'duplicates' && ids.length > 1) ids[1] = ids[0]!;
          return { ids, scores };
        };
        const answers = await Promise.all(requests.map(answerTo));
        if (bug === 'skips cold users') return answers.filter((_, r) => requests[r]!.history.size > 0);
        if (bug === 'shares one answer') return answers.map(() => answers[0]!);
        return answers;
      },
    }),
  });
}

const { all, retriever } = CHECKS;

prove(bestSellers, [
  { bug: 'limit + 1', caughtBy: retriever.limit },
  { bug: 'duplicates', caughtBy: retriever.distinct },
  { bug: 'worst first', caughtBy: retriever.ordered },
  { bug: 'scores of the whole catalogue', caughtBy: retriever.aligned },
  { bug: 'NaN score', caughtBy: retriever.ordered },
  { bug: 'mask upside down', caughtBy: retriever.where },
  { bug: 'crashes on a stranger', caughtBy: retriever.coldUser, also: 'crash' },
  { bug: 'skips cold users', caughtBy: retriever.onePerRequest, also: [retriever.alone] },
  { bug: 'shares one answer', caughtBy: retriever.alone },
  { bug: 'unseeded ties', caughtBy: all.repeatable, also: [all.warm, all.tenant, retriever.alone] },
  { bug: 'proposes nothing', caughtBy: retriever.speaks },
  { bug: 'hides a failing port in its answer', caughtBy: all.abort },
  { bug: 'undeclared port', caughtBy: all.declared },
]);
