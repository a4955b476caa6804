import { AttuneError, DEGRADATION_TABLE, ERROR_TABLE } from '@attune/sdk';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { z } from 'zod';
import { createGateway } from '../create-gateway.js';
import { GatewayAdapter } from '../gateway.adapter.js';
import type { Operation } from '../operations/operation.js';
import { OPERATIONS } from '../operations/operations.js';
import { parsed } from '../problems/invalid-request.js';
import { openTestPlatform, type TestPlatform } from '../testing/test-platform.js';
import { openApiDocument } from './openapi.document.js';

let platform: TestPlatform;
let app: NestFastifyApplication;

beforeAll(async () => {
  platform = await openTestPlatform();
  app = await createGateway(platform, { version: '1.2.3' });
});
afterAll(async () => {
  await app.close();
  await platform.close();
});

const get = (url: string) => app.inject({ method: 'GET', url });
const lineOf = ({ method, path }: Operation) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;

describe('the document', () => {
  it('lists the routes there are, all of them', () => {
    const routes = (app.getHttpAdapter() as GatewayAdapter).routes
      .list()
      .filter((line) => !/ \/(docs|openapi)/.test(line));
    expect(OPERATIONS.map(lineOf).sort()).toEqual(routes);
    expect(new Set(OPERATIONS.map(({ id }) => id)).size).toBe(OPERATIONS.length);
  });

  it('is OpenAPI 3.1 whose every reference leads somewhere', async () => {
    const document = (await get('/openapi.json')).json();
    expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'Attune', version: '1.2.3' } });
    const text = JSON.stringify(document);
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference!);
    expect(references.length).toBeGreaterThan(20);
    for (const reference of references) {
      expect(reference).toMatch(/^#\/components\/schemas\/\w+$/);
      expect(document.components.schemas).toHaveProperty(reference.split('/').at(-1)!);
    }
    expect(text).not.toMatch(/\$defs|__schema/);
  });

  it('says what a filter takes', async () => {
    const { Filter } = (await get('/openapi.json')).json().components.schemas;
    expect(Object.keys(Filter.properties)).toEqual(['$and', '$or', '$not']);
    expect(Filter.properties.$not).toEqual({ $ref: '#/components/schemas/Filter' });
  });

  it.each(OPERATIONS.map((operation) => [operation.id, operation] as const))(
    '%s has examples that fit',
    (_, operation) => {
      const { body, query, answer, example } = operation;
      if (body) expect(() => parsed(body, example)).not.toThrow();
      if (query) expect(() => parsed(query, example)).not.toThrow();
      if (answer.schema) expect(() => parsed(answer.schema!, answer.example)).not.toThrow();
      for (const code of operation.errors) expect(ERROR_TABLE).toHaveProperty(code);
    },
  );

  it('changes when a schema changes, as the validation does', () => {
    const before = OPERATIONS.find(({ id }) => id === 'getItems')!;
    const body = (before.body as z.ZodObject).extend({ fields: z.array(z.string()) });
    const after: Operation = { ...before, body };
    const bodyOf = (operation: Operation) =>
      JSON.stringify(
        (openApiDocument([operation], '1')['paths'] as Record<string, { post: { requestBody: object } }>)[
          operation.path
        ]!.post.requestBody,
      );
    expect(bodyOf(before)).not.toContain('"fields"');
    expect(bodyOf(after)).toContain('"required":["ids","fields"]');
    expect(() => parsed(before.body!, { ids: [] })).not.toThrow();
    expect(() => parsed(after.body!, { ids: [] })).toThrow('does not fit');
    expect(() => parsed(after.body!, undefined)).toThrow(AttuneError);
  });
});

describe('the pages', () => {
  it('need nothing from elsewhere', async () => {
    const page = await get('/docs');
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    const links = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link!);
    for (const link of links.filter((one) => one !== 'data:,')) {
      expect(link).toMatch(/^\/docs\//);
      const asset = await get(link);
      expect([link, asset.statusCode, asset.rawPayload.length > 50]).toEqual([link, 200, true]);
    }
    for (const name of ['nothing.js', '..%2Fpackage.json', 'constructor'])
      expect((await get(`/docs/assets/${name}`)).statusCode).toBe(404);
  });

  it('exist for every code and no other', async () => {
    const codes = [...Object.keys(ERROR_TABLE), ...Object.keys(DEGRADATION_TABLE)];
    const index = (await get('/docs/errors')).body;
    expect([...index.matchAll(/\/docs\/errors\/(\w+)/g)].map(([, code]) => code)).toEqual(codes);
    for (const code of codes) {
      const page = await get(`/docs/errors/${code}`);
      expect(page.statusCode).toBe(200);
      expect(page.body).toContain(`<h1><code>${code}</code></h1>`);
    }
    for (const code of ['NOPE', 'toString', '%3Cscript%3E'])
      expect((await get(`/docs/errors/${code}`)).statusCode).toBe(404);
  });
});
