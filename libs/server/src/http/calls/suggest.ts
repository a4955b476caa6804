import type { SuggestQuery, Suggestions } from '../operations/suggest.operations.js';
import { refuseUntilReady, type Asking } from './slates/asking.js';

/** Completions of what is typed, for someone. Throws NOT_READY. */
export async function suggestFor(
  { q, limit, userId, anonymousId }: SuggestQuery,
  { platform, tenant }: Omit<Asking, 'requestId'>,
): Promise<Suggestions> {
  refuseUntilReady(platform);
  return { suggestions: [...(await tenant.lexicon.suggest(q, limit, { userId, anonymousId }))] };
}
