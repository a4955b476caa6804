import type { RequestDeadline } from './request-deadline.js';

export const TIMED_OUT: unique symbol = Symbol('timed out');

/** The promise's value, or TIMED_OUT; a rejection after the time is over is swallowed: its buffers are never reused. */
export async function within<T>(
  pending: Promise<T>,
  deadline: RequestDeadline,
  ms: number,
): Promise<T | typeof TIMED_OUT> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof TIMED_OUT>((resolve) => {
    timer = setTimeout(() => resolve(TIMED_OUT), ms);
  });
  try {
    const answer = await Promise.race([pending, late]);
    if (answer === TIMED_OUT) {
      deadline.expire();
      pending.catch(() => undefined);
    }
    return answer;
  } finally {
    clearTimeout(timer);
  }
}
