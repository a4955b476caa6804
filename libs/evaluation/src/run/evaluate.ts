import { evaluateClicks } from '../clicks/evaluate-clicks.js';
import { badThreads, noBasket } from '../formats/evaluation.errors.js';
import { evaluateRatings } from '../rating/evaluate-rating.js';
import { evaluateRanking } from '../ranking/evaluate-ranking.js';
import { nextBasket } from '../ranking/next-basket.protocol.js';
import { nextItem } from '../ranking/next-item.protocol.js';
import { strong } from '../ranking/strong.protocol.js';
import { evaluateSearch } from '../retrieval/evaluate-search.js';
import type { EvaluationContext, EvaluationRequest, EvaluationResult, ProtocolName } from './evaluation.request.js';

type Evaluate = (request: EvaluationRequest, context: EvaluationContext) => Promise<EvaluationResult>;

const EVALUATORS: Readonly<Record<ProtocolName, Evaluate>> = {
  rating: evaluateRatings,
  strong: (request, context) => evaluateRanking(strong, request, context),
  'next-item': (request, context) => evaluateRanking(nextItem, request, context),
  'next-basket': (request, context) => evaluateRanking(nextBasket(request.basket ?? 'whole'), request, context),
  search: evaluateSearch,
  clicks: evaluateClicks,
};

const MOST_THREADS = 64;

/** Runs a protocol. Throws DataFileError, and EvaluationRequestError for models and options that it does not know. */
export const evaluate: Evaluate = async (request, context) => {
  const { protocol, basket, threads = 1 } = request;
  if (basket !== undefined && protocol !== 'next-basket') throw noBasket(protocol);
  if (!(Number.isInteger(threads) && threads >= 1 && threads <= MOST_THREADS)) throw badThreads(threads);
  return EVALUATORS[protocol](request, context);
};
