import fc from 'fast-check';
import { NDJSON } from './operations/operation.js';
import { OPERATIONS } from './operations/operations.js';
import type { TestAnswer, TestMethod } from './testing/test-calls.js';
import { gatewayForAll } from './testing/test-gateway.js';

const gateway = gatewayForAll();
const { call, problem } = gateway;

const DATA = OPERATIONS.filter(({ tag }) => ['items', 'events', 'users'].includes(tag));
const methodOf = ({ method }: { readonly method: string }): TestMethod => method.toUpperCase() as TestMethod;
const pathOf = (path: string, id: string): string => path.replaceAll(/\{\w+\}/g, encodeURIComponent(id));
const ndjson = { 'content-type': NDJSON };

/** Whatever was sent: an answer that says what is wrong, or that it was taken. */
async function expectNoHarm(answer: TestAnswer, sent: string): Promise<void> {
  expect([sent.slice(0, 200), answer.status < 500]).toEqual([sent.slice(0, 200), true]);
  if (answer.status >= 400) await problem(answer, answer.status, answer.json<{ code: string }>().code);
}

const nested = (depth: number, open: string, close: string): string => `${open.repeat(depth)}1${close.repeat(depth)}`;
const BODIES = [
  '',
  ' ',
  '{',
  'null',
  '7',
  '"text"',
  '[]',
  '[[]]',
  '{"items":',
  '\u0000',
  '{"a":1}{"b":2}',
  '{"items":null,"events":{},"users":7,"ids":"x","filter":[]}',
  '{"items":[null,[],"x",7,{}],"events":[null],"users":[[]],"ids":[null,""]}',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"items":[{"id":"p","title":"p","attributes":{"__proto__":{"polluted":true}}}]}',
  '{"ids":["a"],"filter":{"__proto__":1}}',
  nested(100_000, '[', ']'),
  nested(100_000, '{"a":', '}'),
  `{"attributes":${nested(10_000, '{"a":', '}')}}`,
  `{"filter":${nested(20_000, '{"$not":', '}')}}`,
  `{"filter":${nested(10_000, '{"$and":[', ']}')}}`,
  `{"filter":{"brand":{"$in":[${'"x",'.repeat(20_000)}"x"]}}}`,
] as const;

describe.each(DATA.filter(({ body, rows }) => body ?? rows).map((one) => [one.id, one] as const))('%s', (_, one) => {
  const url = pathOf(one.path, 'hostile');
  const type = one.bodyType ?? 'application/json';

  it.each(BODIES.map((body) => [body.slice(0, 60), body]))('is not harmed by %j', async (_name, body) => {
    if (one.body) await expectNoHarm(await call(methodOf(one), url, body, { 'content-type': type }), body);
    if (one.rows) await expectNoHarm(await call(methodOf(one), url, body, ndjson), body);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('is not harmed by 10 MB', async () => {
    const body = JSON.stringify({ filler: 'x'.repeat(10_000_000) });
    if (one.body)
      await problem(await call(methodOf(one), url, body, { 'content-type': type }), 413, 'PAYLOAD_TOO_LARGE');
    if (one.rows) await expectNoHarm(await call(methodOf(one), url, body, ndjson), 'a line of 10 MB');
  });

  it('is not harmed by any JSON where it expects some of its own', async () => {
    const members = fc.dictionary(
      fc.constantFrom('id', 'title', 'items', 'events', 'users', 'ids', 'filter', 'at'),
      fc.jsonValue(),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.jsonValue(),
          members,
          members.map((row) => ({ items: [row], users: [row], events: [row] })),
        ),
        async (value) => {
          const body = JSON.stringify(value);
          if (one.body) await expectNoHarm(await call(methodOf(one), url, body, { 'content-type': type }), body);
          if (one.rows) await expectNoHarm(await call(methodOf(one), url, body, ndjson), body);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('ids in paths', () => {
  const IDS = [
    '/',
    '..',
    '../../etc/passwd',
    '🍱',
    '%',
    '\u0000',
    '\u200f',
    ' ',
    '__proto__',
    'constructor',
    'sync',
    'get',
  ];

  it.each(
    [...IDS, 'x'.repeat(256), 'x'.repeat(257), '商'.repeat(300), 'x'.repeat(5_000)].map((id) => [id.slice(0, 30), id]),
  )('do no harm: %j', async (_, id) => {
    for (const one of OPERATIONS.filter(({ path }) => path.includes('{'))) {
      const { body = undefined, example } = one;
      const url = pathOf(one.path, id);
      const type: Record<string, string> = body ? { 'content-type': one.bodyType ?? 'application/json' } : {};
      await expectNoHarm(await call(methodOf(one), url, body ? example : undefined, type), `${one.id} ${id}`);
    }
  });

  it.each(['/v1/items/%', '/v1/items/%ff', '/v1/users/%c3%28/export', '/v1/users/%E0%A4%A'])(
    'are refused where they are no text: %s',
    async (url) => {
      await problem(await call('GET', url), 400, 'VALIDATION_FAILED');
    },
  );
});

it('is as well afterwards as before, and lost nothing', async () => {
  const sound = { id: 'sound', title: 'Sound' };
  expect((await call('POST', '/v1/items', { items: [{ id: '' }, sound, null] })).json()).toMatchObject({
    accepted: 1,
    rejectedCount: 2,
  });
  expect((await call('GET', '/v1/items/sound')).json()).toMatchObject(sound);
  expect((await call('GET', '/health/ready')).status).toBe(200);
});
