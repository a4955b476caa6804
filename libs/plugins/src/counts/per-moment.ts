import type { RequestCore } from '@attune/sdk';

/** Computes something once for each distinct clock of a batch: the answers, aligned with `requests`. */
export function perMoment<T>(
  requests: readonly RequestCore[],
  compute: (now: number) => Promise<T>,
): Promise<readonly T[]> {
  const moments = new Map<number, Promise<T>>();
  return Promise.all(
    requests.map(({ now }) => {
      let answer = moments.get(now);
      if (answer === undefined) moments.set(now, (answer = compute(now)));
      return answer;
    }),
  );
}
