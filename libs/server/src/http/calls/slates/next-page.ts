import type { NextPage, SlateAnswer } from '@attune/sdk';
import type { PagedCall } from '../../../slates/cursor.codec.js';
import { refuseUntilReady, type Asking } from './asking.js';
import { thawed } from './thaw.js';

/** Whether a body asks for a further page: one with a cursor says nothing else. */
export const isNextPage = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && Object.hasOwn(body, 'cursor');

/** The page after, of a slate that the same call froze on any gateway. Throws CURSOR_INVALID, CURSOR_EXPIRED, STORE_UNAVAILABLE. */
export async function nextPage(call: PagedCall, { cursor, limit }: NextPage, asking: Asking): Promise<SlateAnswer> {
  const { tenant, platform } = asking;
  refuseUntilReady(platform);
  const startedAt = platform.clock.monotonic();
  const { slate, page } = await tenant.slates.pages.next(call, cursor, limit, (id) => thawed(call, id, asking));
  const answer = slate.answer(page) as SlateAnswer;
  return { ...answer, tookMs: Math.round((platform.clock.monotonic() - startedAt) * 1000) / 1000 };
}
