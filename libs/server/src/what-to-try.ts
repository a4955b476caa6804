import type { OpenedPlatform } from './platform/open-platform.js';

/** The first lines a newcomer sees: three calls that work, and where to read on. */
export function whatToTry(url: string, { main, clock }: OpenedPlatform): string {
  const someone = main.stores.events.someUser();
  const user = someone ?? 'ada';
  const item = someone === undefined ? undefined : main.stores.events.history({ userId: someone }, clock.now()).items.at(-1);
  const json = `-H 'content-type: application/json'`;
  return `
Attune listens on ${url} with ${main.stores.items.size()} items and ${main.stores.events.size()} events.

A slate for customer ${user}, each score explained:
  curl -s ${url}/v1/recommendations ${json} -d '{"surface":"home","userId":"${user}","explain":true}'
Tell it what happened; the very next slate knows:
  curl -s ${url}/v1/events ${json} -d '{"events":[{"id":"try-1","type":"purchase","userId":"${user}","itemId":"${item ?? 'an-item'}"}]}'
Search by meaning:
  curl -s ${url}/v1/search ${json} -d '{"query":"something to keep drinks warm in winter"}'

Read on: ${url}/docs     Stop: Ctrl-C (nothing is lost)
`;
}
