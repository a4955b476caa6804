import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describeWith, freshPrefix, urlOf } from '../fixtures/services.js';
import { bulk, type BulkOperation } from './bulk.js';
import { ElasticsearchConnection } from './client.js';
import { ensureIndex, ensureTemplate, IndexConflictError, type IndexDefinition } from './ensure-index.js';
import { documentId, indexName } from './index-names.js';
import { pitScan } from './pit-scan.js';

describe('names', () => {
  it('keep tenants apart, under a pattern too', () => {
    const tenants = [
      'default',
      'Default',
      'a-b',
      'a_b',
      'a',
      'a-',
      'ä',
      '',
      '*',
      '_2a',
      'x'.repeat(300),
      '店',
      '\ud800',
      '\ud801',
    ];
    const names = tenants.map((tenant) => indexName('attune', tenant, 'items'));
    expect(new Set(names).size).toBe(tenants.length);
    for (const name of names) expect(name).toMatch(/^attune-([a-z0-9_]*)-items$/);
    expect(() => indexName('-x', 'default', 'items')).toThrow(RangeError);
  });

  it('of documents fit whatever the id', () => {
    const ids = ['a', '#a', 'ä'.repeat(256), '店'.repeat(256), '店'.repeat(255), ' ', '/', 'a\ud800', 'a\ud801'];
    const made = ids.map(documentId);
    expect(new Set(made).size).toBe(ids.length);
    for (const id of made) expect(Buffer.byteLength(id)).toBeLessThanOrEqual(512);
    expect(made[0]).toBe('a');
    expect(documentId(made[1]!)).not.toBe(made[1]);
  });
});

describe('a server that is not there', () => {
  const nowhere = new ElasticsearchConnection({ url: 'http://127.0.0.1:9', prefix: 'attune' });
  afterAll(async () => await nowhere.close());

  it('is unavailable for readings and not durable for changes', async () => {
    await expect(nowhere.read((client) => client.count())).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    const row: BulkOperation = { action: 'index', index: 'x', id: '1', document: {} };
    await expect(bulk(nowhere, [row])).rejects.toMatchObject({ code: 'NOT_DURABLE' });
  });
});

describe('a connection that breaks once', () => {
  it('is made anew for what may be done twice, and for nothing else', async () => {
    let asked = 0;
    const server = createServer((request, response) => {
      if (++asked % 2 === 1) return request.socket.destroy();
      response.setHeader('x-elastic-product', 'Elasticsearch').setHeader('content-type', 'application/json').end('{}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const connection = new ElasticsearchConnection({ url: `http://127.0.0.1:${port}`, prefix: 'attune' });
    await connection.define((client) => client.indices.putMapping({ index: 'x' }));
    await connection.read((client) => client.cluster.health());
    expect(asked).toBe(4);
    const write = connection.write((client) => client.indices.flush({ index: 'x' }));
    await expect(write).rejects.toMatchObject({ code: 'NOT_DURABLE' });
    expect(asked).toBe(5);
    await connection.close();
    server.close();
  });
});

describe('credentials', () => {
  it.each([
    [{}, `Basic ${Buffer.from('elastic:pass word').toString('base64')}`],
    [{ apiKey: 'a2V5' }, 'ApiKey a2V5'],
  ])('are sent, those beside the URL before those in it: %j', async (given, expected) => {
    const sent: unknown[] = [];
    const server = createServer(({ headers }, response) => {
      sent.push(headers.authorization);
      response.setHeader('x-elastic-product', 'Elasticsearch').setHeader('content-type', 'application/json').end('{}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const url = `http://elastic:pass%20word@127.0.0.1:${port}`;
    const connection = new ElasticsearchConnection({ url, prefix: 'attune', ...given });
    await connection.read((client) => client.cluster.health());
    await connection.close();
    server.close();
    expect(sent).toEqual([expected]);
  });
});

describeWith(['elasticsearch'], 'ElasticsearchConnection', () => {
  const prefix = freshPrefix();
  const connection = new ElasticsearchConnection({ url: urlOf('elasticsearch'), prefix });
  const numbers: IndexDefinition = { version: 1, properties: { n: { type: 'integer' } } };
  const alias = (name: string): string => indexName(prefix, 'default', name);
  const row = (name: string, n: number): BulkOperation => ({
    action: 'create',
    index: alias(name),
    id: String(n),
    document: { n, other: 'kept, not indexed' },
  });

  afterAll(async () => {
    const indices = await connection.read((client) => client.indices.get({ index: `${prefix}-*` }));
    for (const index of Object.keys(indices)) await connection.write((client) => client.indices.delete({ index }));
    await connection.write((client) => client.indices.deleteIndexTemplate({ name: prefix }));
    await connection.close();
  });

  it('makes an index once for all who want it, and adds fields of a later version', async () => {
    await Promise.all(Array.from({ length: 4 }, () => ensureIndex(connection, alias('made'), numbers)));
    const later: IndexDefinition = { version: 2, properties: { ...numbers.properties, m: { type: 'keyword' } } };
    await ensureIndex(connection, alias('made'), later);
    await ensureIndex(connection, alias('made'), numbers);
    const mapped = await connection.read((client) => client.indices.getMapping({ index: alias('made') }));
    expect(mapped[`${alias('made')}-000001`]?.mappings).toMatchObject({
      _meta: { version: 2 },
      properties: later.properties,
    });
    const other: IndexDefinition = { version: 3, properties: { n: { type: 'keyword' } } };
    await expect(ensureIndex(connection, alias('made'), other)).rejects.toThrow(IndexConflictError);
  });

  it('makes indices of a pattern by a template, the newest version wins', async () => {
    const template = { name: prefix, pattern: `${alias('months')}-*` };
    await ensureTemplate(connection, template, { version: 2, properties: { m: { type: 'keyword' } } });
    await ensureTemplate(connection, template, numbers);
    const index = `${alias('months')}-2026.11`;
    await bulk(connection, [{ action: 'create', index, id: '1', document: { n: 1, m: 'x' } }]);
    const mapped = await connection.read((client) => client.indices.getMapping({ index }));
    expect(mapped[index]?.mappings.properties).toEqual({ m: { type: 'keyword' } });
  });

  it('writes what many requests take, and says what became of each row', async () => {
    await ensureIndex(connection, alias('bulk'), numbers);
    const rows = Array.from({ length: 5_001 }, (_, n) => row('bulk', n));
    const results = await bulk(connection, [...rows, row('bulk', 7)], [409]);
    expect(results.map(({ status }) => status)).toEqual([...rows.map(() => 201), 409]);
    expect(results[0]?.version).toEqual({ seqNo: 0, primaryTerm: 1 });
    await expect(bulk(connection, [row('bulk', 7)])).rejects.toMatchObject({ code: 'NOT_DURABLE' });
    const wrong: BulkOperation = { ...row('bulk', 9_999), action: 'index', document: { n: 'no number' } };
    await expect(bulk(connection, [wrong])).rejects.toMatchObject({ code: 'NOT_DURABLE' });
  });

  it('makes no index where an alias is missing that must be there', async () => {
    const lost = { code: 'NOT_DURABLE' };
    for (const one of [row('gone', 1), { ...row('gone', 1), action: 'delete' } as BulkOperation])
      await expect(bulk(connection, [{ ...one, requireAlias: true }], [404])).rejects.toMatchObject(lost);
    expect(await connection.read((client) => client.indices.exists({ index: alias('gone') }))).toBe(false);
  });

  it('scans everything once, in order or in slices, and closes its point in time', async () => {
    await ensureIndex(connection, alias('scan'), numbers);
    await bulk(
      connection,
      Array.from({ length: 250 }, (_, n) => row('scan', n)),
    );
    await connection.refresh(alias('scan'));
    const idsOf = async (scan: object): Promise<number[]> => {
      const ids: number[] = [];
      for await (const hits of pitScan(connection, { index: alias('scan'), size: 30, ...scan }))
        ids.push(...hits.map(({ _id }) => Number(_id)));
      return ids;
    };
    const all = Array.from({ length: 250 }, (_, n) => n);
    expect(await idsOf({ sort: [{ n: 'asc' }] })).toEqual(all);
    expect((await idsOf({ slices: 3 })).sort((a, b) => a - b)).toEqual(all);
    expect(await idsOf({ query: { range: { n: { lt: 3 } } } })).toHaveLength(3);
    for await (const hits of pitScan(connection, { index: alias('scan'), size: 10, slices: 2 })) {
      expect(hits).toHaveLength(10);
      break;
    }
    const stats = await connection.read((client) => client.indices.stats({ index: alias('scan'), metric: ['search'] }));
    expect(stats._all.total?.search?.open_contexts).toBe(0);
  });
});
