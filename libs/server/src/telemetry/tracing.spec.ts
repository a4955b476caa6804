import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { scratchFolder } from '../testing/scratch-stores.js';
import { exportTraces } from './export-traces.js';
import { startTracing } from './start-tracing.js';
import { openCollector, type Collector, type SentSpan } from './testing/collector.js';
import { startServerProcess } from './testing/server-process.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';

const attributesOf = ({ attributes }: SentSpan): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

describe('with a collector', () => {
  let collector: Collector;

  beforeAll(async () => {
    collector = await openCollector();
    const { folder, remove } = await scratchFolder();
    const OTEL_EXPORTER_OTLP_ENDPOINT = `${collector.endpoint}/`;
    const server = await startServerProcess({ ATTUNE_DATA_DIR: folder, OTEL_EXPORTER_OTLP_ENDPOINT });
    const post = (path: string, body: object, headers: object = {}): Promise<Response> =>
      fetch(`${server.url}${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      });
    const asked = { surface: 'home', userId: 'secret-user', query: 'secret words' };
    await post('/v1/items', { items: [{ id: 'secret-item', title: 'Secret title' }] });
    await post('/v1/recommendations', asked, { traceparent: `00-${TRACE}-${CALLER}-01` });
    await post('/v1/recommendations', { ...asked, surface: 'nowhere' });
    await fetch(`${server.url}/health/live`);
    await fetch(`${server.url}/secret-path`);
    await server.stop();
    await remove();
    await collector.close();
  });

  it('sends a span a request under its caller’s, with stages and plugins below', () => {
    const ours = collector.spans.filter(({ traceId }) => traceId === TRACE);
    const request = ours.find(({ parentSpanId }) => parentSpanId === CALLER)!;
    expect(request.name).toBe('POST /v1/recommendations');
    expect(attributesOf(request)).toMatchObject({
      'http.route': '/v1/recommendations',
      'http.response.status_code': 200,
      'attune.tenant': 'default',
      'attune.surface': 'home',
    });
    const stages = ours.filter(({ parentSpanId }) => parentSpanId === request.spanId);
    expect(stages.map(({ name }) => name)).toEqual(
      ['gather', 'retrieve', 'filter', 'score', 'rank', 'rerank'].map((stage) => `stage ${stage}`),
    );
    for (const { startTimeUnixNano, endTimeUnixNano } of stages) {
      expect(BigInt(startTimeUnixNano)).toBeLessThanOrEqual(BigInt(endTimeUnixNano));
    }
    const rank = stages.find(({ name }) => name === 'stage rank')!;
    const weighted = ours.find(({ parentSpanId }) => parentSpanId === rank.spanId)!;
    expect(weighted.name).toBe('plugin weighted');
    expect(attributesOf(weighted)).toEqual({ 'attune.surface': 'home', 'attune.stage': 'rank' });
  });

  it('says why a request failed, in a trace of its own', () => {
    const failed = collector.spans.find((span) => attributesOf(span)['attune.code'] === 'SURFACE_NOT_FOUND')!;
    expect(attributesOf(failed)['http.response.status_code']).toBe(404);
    expect(failed.traceId).not.toBe(TRACE);
  });

  it('sends nothing of a person, and nothing of what is asked all the time', () => {
    expect(collector.text()).toContain('"service.name"');
    expect(collector.text()).not.toMatch(/secret/i);
    expect(collector.spans.map(({ name }) => name)).not.toContain('GET /health/live');
  });
});

it('stops though the collector is gone', async () => {
  const collector = await openCollector();
  await collector.close();
  const tracing = exportTraces(collector.endpoint, '1');
  tracing.end(tracing.begin('GET', '/v1/jobs', {}), { status: 200, tenant: undefined, code: undefined });
  await Promise.all([tracing.stop(), tracing.stop()]);
});

it('is not there, and nothing of it is loaded, where no collector is named', async () => {
  expect(await startTracing({ environment: {}, version: '1' })).toBeUndefined();
  const built = join(dirname(createRequire(__filename).resolve('@attune/server/package.json')), 'dist', 'index.js');
  const look =
    'Object.keys(require.cache).filter((file) => /opentelemetry.(sdk|exporter|resources)/.test(file)).length';
  const program = `require(${JSON.stringify(built)}); process.stdout.write(String(${look}))`;
  expect(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' })).toBe('0');
});
