// Requests too large to be sent often.
const NDJSON = 'application/x-ndjson';
const ROWS = 100_000;
const times = (row) => `${row}\n`.repeat(ROWS);
const lines = (rowOf) => Array.from({ length: ROWS }, (_, i) => JSON.stringify(rowOf(i))).join('\n');

/** Large requests, each with the status and code that it must be answered with. */
export const HEAVY = [
  json('POST', '/v1/recommendations', () => JSON.stringify({ surface: 'home', filler: 'x'.repeat(10_000_000) }), 413),
  json('POST', '/v1/items', () => JSON.stringify({ items: Array(ROWS).fill({ id: 'x', title: 'x' }) }), 400),
  json(
    'POST',
    '/v1/users',
    () => JSON.stringify({ users: Array.from({ length: ROWS }, (_, i) => ({ id: `u${i}` })) }),
    400,
  ),
  json('POST', '/v1/items/get', () => JSON.stringify({ ids: Array(ROWS).fill('22551') }), 400),
  json(
    'POST',
    '/v1/recommendations/batch',
    () => JSON.stringify({ requests: Array(ROWS).fill({ surface: 'home' }) }),
    400,
  ),
  rows('POST', '/v1/items', () => times('{"id":"fuzz-twice","title":"Twice","tags":["fuzz"]}'), 202),
  rows('POST', '/v1/events', () => times('{"id":"fuzz-once","type":"view","userId":"fuzz","itemId":"22551"}'), 202),
  rows('POST', '/v1/users', () => lines((i) => ({ id: `fuzz-many ${i % 500}`, attributes: { n: i } })), 202),
  rows('POST', '/v1/events', () => 'x'.repeat(10_000_000), 202),
  rows('PUT', '/v1/items/sync', () => times('not JSON'), 409),
];

function json(method, path, make, status) {
  // The server need not read a body to its end to know that it is too large.
  return { method, path, make, status, headers: { 'content-type': 'application/json' }, mayBreakOff: status === 413 };
}
function rows(method, path, make, status) {
  return { method, path, make, status, headers: { 'content-type': NDJSON } };
}

/** The request as it is sent. */
export const heavyRequest = ({ make, ...request }, operations) => ({
  ...request,
  kind: 'heavy',
  body: make(),
  operation: operations.find(({ path, method }) => path === request.path && method === request.method),
});
