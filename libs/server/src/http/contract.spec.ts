import { DEGRADATION_TABLE, ERROR_TABLE } from '@attune/sdk';
import { factsOf } from '../enrichment/drafts/draft.run.js';
import { textHash } from '../enrichment/enrichment.record.js';
import { recordOf } from '../enrichment/kept-enrichments.js';
import type { JobWork } from '../jobs/job.js';
import { NDJSON } from './operations/operation.js';
import { versionOf } from '../spaces/testing/version-of.js';
import { OPERATIONS } from './operations/operations.js';
import { ApiDocument, type DocumentedCall, type DocumentedParameter } from './testing/document.js';
import type { TestAnswer } from './testing/test-calls.js';
import { gatewayForAll } from './testing/test-gateway.js';

/** Whether jobs stay under way until they are canceled. */
let busy = false;
let broken = false;
const work: JobWork = async ({ signal, result }) => {
  if (broken) throw new Error('broken');
  if (busy) await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('canceled'))));
  await result.json({ found: 'something' });
  return { ok: 1, failed: 0, errors: [] };
};

// As the examples name it.
const gateway = gatewayForAll({ work, spaces: [versionOf('text', '9f2c1d04a7be')] });
const { call } = gateway;

let document: ApiDocument;
let calls: readonly DocumentedCall[];

beforeAll(async () => {
  document = new ApiDocument((await call('GET', '/openapi.json')).json());
  calls = document.calls();
});

const isWrite = ({ method, tag, path }: DocumentedCall): boolean =>
  ['items', 'events', 'users', 'offers'].includes(tag) &&
  ['POST', 'PUT'].includes(method) &&
  !/\/(get|delete)$/.test(path);

/** An id the server gave, for a path that asks for one; the examples cannot know it. */
const given = new Map<string, string>();

/** What an example's path stands for here: everything examples name, put there by the examples themselves. */
async function prepare({ path, method }: DocumentedCall): Promise<void> {
  busy = false;
  broken = false;
  for (const one of calls.filter(isWrite)) await send(one, Object.keys(one.bodies)[0]);
  if (path.startsWith('/v1/enrichments/') || path.startsWith('/v1/descriptions/')) await knowTexts();
  if (path.startsWith('/v1/slates/')) {
    const { json, status, text } = await send(
      calls.find(({ id }) => id === 'recommend')!,
      'application/json',
    );
    expect([status, text]).toEqual([200, expect.any(String)]);
    const { slateId } = json<{ slateId: string }>();
    given.set('slates', slateId);
    // A slate is logged once its answer is on its way.
    const { slates } = gateway.tenant.stores;
    while ((await slates.get(slateId)) === undefined) await new Promise((resolve) => setImmediate(resolve));
  }
  if (!path.startsWith('/v1/jobs/')) return;
  busy = method === 'DELETE';
  broken = path.endsWith('/retry');
  const { json, status, text } = await send(
    calls.find(({ id }) => id === 'startJob')!,
    'application/json',
  );
  expect([status, text]).toEqual([202, expect.any(String)]);
  const { jobId } = json<{ jobId: string }>();
  given.set('jobs', jobId);
  if (!busy) await gateway.tenant.jobs.ended(jobId);
}

/** What jobs have made of the texts of the item that examples name. */
async function knowTexts(): Promise<void> {
  const { stores } = gateway.tenant;
  const [item] = await stores.items.get(['22551']);
  const span = { field: 'title' as const, from: 0, to: 4, text: 'blue' };
  const state = 'review' as const;
  const blue = { attribute: 'color', value: 'blue', confidence: 0.7, span, source: 'rules@1', state, at: 'now' };
  const read = { text: textHash(item!), rules: 'rules@1', attributes: ['color'] };
  await stores.records.put('enrichment', [recordOf('22551', { ...read, values: [blue], refused: [], written: [] })]);
  const style = { tone: 'warm', length: 'short', language: 'en', source: 'template' } as const;
  const draft = { text: 'A box.', ...style, edited: false, facts: factsOf(item!), ours: [], at: 'now' };
  await stores.records.put('description', [{ id: '22551', value: draft, state: 'draft' }]);
}

/** Sends a call's example, in one of its media types. */
async function send(
  { method, path, parameters, bodies, events }: DocumentedCall,
  type: string | undefined,
  accept = events && 'application/json',
): Promise<TestAnswer> {
  const inPath = (name: string): string => {
    const resource = new RegExp(`/(\\w+)/\\{${name}\\}`).exec(path)?.[1] ?? '';
    return given.get(resource) ?? String(exampleOf(parameters.find((one) => one.in === 'path' && one.name === name)!));
  };
  const query = new URLSearchParams();
  for (const one of parameters.filter((each) => each.in === 'query'))
    if (exampleOf(one) !== undefined) query.set(one.name, String(exampleOf(one)));
  const headers = parameters.filter((one) => one.in === 'header' && exampleOf(one) !== undefined);
  const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(inPath(name)));
  return call(
    method,
    query.size > 0 ? `${url}?${query}` : url,
    type === undefined ? undefined : bodies[type]!.example,
    {
      ...Object.fromEntries(headers.map((one) => [one.name, String(exampleOf(one))])),
      ...(type && { 'content-type': type }),
      ...(accept && { accept }),
    },
  );
}

function exampleOf(parameter: DocumentedParameter): unknown {
  if (parameter.required) expect(parameter).toHaveProperty('example');
  return parameter.example;
}

describe('every call of /openapi.json', () => {
  // The names of the tests are known before there is a document; that both list the same calls is the first test.
  it('is one that is declared', () => {
    expect(calls.map(({ id }) => id).sort()).toEqual(OPERATIONS.map(({ id }) => id).sort());
  });

  it.each(OPERATIONS.map(({ id }) => [id]))('%s does as it says when its example is sent', async (id) => {
    const documented = calls.find((one) => one.id === id)!;
    const types = Object.keys(documented.bodies);
    for (const type of types.length > 0 ? types : [undefined]) {
      if (type !== undefined) expect(documented.bodies[type]).toHaveProperty('example');
      await prepare(documented);
      const answer = await send(documented, type);
      expect([id, type, answer.status, answer.text]).toEqual([id, type, documented.status, expect.any(String)]);
      if (documented.answer === undefined) expect(answer.text).toBe('');
      else expectFits(answer, documented.answer);
    }
  });

  it.each(OPERATIONS.filter(({ answer }) => 'events' in answer).map(({ id }) => [id]))(
    '%s tells events that fit its schema, unless JSON is asked for',
    async (id) => {
      const documented = calls.find((one) => one.id === id)!;
      await prepare(documented);
      const { status, headers, text } = await send(documented, 'application/json', 'text/event-stream');
      expect([status, headers['content-type']]).toEqual([200, expect.stringContaining('text/event-stream')]);
      const blocks = text.split('\n\n').slice(0, -1);
      const check = document.check(documented.events!);
      for (const block of blocks) {
        const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(block)!;
        expect(check.safeParse({ event, data: JSON.parse(data!) as unknown })).toMatchObject({ success: true });
      }
      expect(blocks.at(-1)).toMatch(/^event: done\n/);
    },
  );

  it.each(OPERATIONS.map(({ id }) => [id]))('%s has examples of its input that fit its schemas', (id) => {
    const { bodies, parameters } = calls.find((one) => one.id === id)!;
    const query = parameters.filter((one) => one.in === 'query');
    if (query.length > 0) expect(query.some(({ example }) => example !== undefined)).toBe(true);
    for (const [type, { schema, example }] of Object.entries(bodies)) {
      const rows = type === NDJSON ? String(example).trimEnd().split('\n') : [JSON.stringify(example)];
      const check = document.check(type === NDJSON ? (schema['contentSchema'] as typeof schema) : schema);
      for (const row of rows) expect(check.safeParse(JSON.parse(row))).toMatchObject({ success: true });
    }
  });
});

function expectFits(answer: TestAnswer, { type, schema }: NonNullable<DocumentedCall['answer']>): void {
  expect(answer.headers['content-type']).toContain(type);
  const body: unknown = type === 'application/json' ? answer.json() : answer.text;
  expect(document.check(schema).safeParse(body)).toMatchObject({ success: true });
}

describe('every code', () => {
  it('that a call names is in the table and has a page', async () => {
    const codes = new Set(calls.flatMap((one) => one.codes));
    expect(codes.size).toBeGreaterThan(15);
    for (const code of codes) {
      expect(ERROR_TABLE).toHaveProperty(code);
      expect((await call('GET', `/docs/errors/${code}`)).status).toBe(200);
    }
  });

  it('of the table is named by a call, or by a row, or comes before any call is reached', () => {
    const named = new Set<string>(calls.flatMap((one) => one.codes));
    const rows = ['LINE_TOO_LONG', 'UNKNOWN_EVENT_TYPE'];
    const edge = ['ROUTE_NOT_FOUND', 'METHOD_NOT_ALLOWED', 'MALFORMED_HTTP', 'REQUEST_TIMEOUT'];
    const outside = new Set([...rows, ...edge]);
    expect(Object.keys(ERROR_TABLE).filter((code) => !named.has(code) && !outside.has(code))).toEqual([]);
  });

  it('that a text of the document names has a page', async () => {
    const codes = [...Object.keys(ERROR_TABLE), ...Object.keys(DEGRADATION_TABLE)];
    const text = (await call('GET', '/openapi.json')).text;
    const words = new Set([...text.matchAll(/\b[A-Z]+(?:_[A-Z]+)+\b/g)].map(([word]) => word));
    expect([...words].filter((word) => !codes.includes(word) && !word.startsWith('ATTUNE_'))).toEqual([]);
  });
});
