import { METRIC_TABLE } from '../telemetry/metric-table.js';
import { gatewayForAll } from './testing/test-gateway.js';

const gateway = gatewayForAll();
const { call } = gateway;

/** Samples by `name{labels}`, the labels sorted. */
async function samples(): Promise<ReadonlyMap<string, number>> {
  const answer = await call('GET', '/metrics');
  expect(answer.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = answer.text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const [, name = '', labels = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      return [`${name}{${labels.split(',').sort().join(',')}}`, Number(value)];
    }),
  );
}

it('counts requests, slates, stages, plugins, events and jobs', async () => {
  const items = [
    { id: 'a', title: 'One' },
    { id: 'b', title: 'Two' },
  ];
  await call('POST', '/v1/items', { items });
  const buy = { id: 'e1', type: 'purchase', userId: 'secret-ann', itemId: 'a' };
  await call('POST', '/v1/events', { events: [buy, { id: 'e2' }] });
  await call('POST', '/v1/events', { events: [buy] });
  for (let i = 0; i < 3; i++) await call('POST', '/v1/recommendations', { surface: 'home', userId: 'secret-ann' });
  await call('POST', '/v1/recommendations', { surface: 'nowhere' });
  await call('GET', '/secret-path');
  const { jobId } = (await call('POST', '/v1/jobs', { type: 'train' })).json<{ jobId: string }>();
  const { jobs, slates } = gateway.tenant;
  await jobs.ended(jobId);
  await slates.attribution.settled();

  const found = await samples();
  const http = 'attune_http_request_duration_seconds_count';
  const of = (name: string): number | undefined => found.get(name);
  expect(of(`${http}{code="",method="POST",operation="recommend",status="200"}`)).toBe(3);
  expect(of(`${http}{code="SURFACE_NOT_FOUND",method="POST",operation="recommend",status="404"}`)).toBe(1);
  expect(of(`${http}{code="ROUTE_NOT_FOUND",method="GET",operation="none",status="404"}`)).toBe(1);
  expect(of('attune_slates_total{surface="home",tenant="default"}')).toBe(3);
  expect(of('attune_stage_duration_seconds_count{stage="retrieve",surface="home"}')).toBe(3);
  expect(of('attune_plugin_duration_seconds_count{plugin="weighted",stage="rank",surface="home"}')).toBe(3);
  for (const [result, count] of Object.entries({ accepted: 1, duplicate: 1, rejected: 1 }))
    expect(of(`attune_events_total{result="${result}",tenant="default"}`)).toBe(count);
  expect(of('attune_jobs_total{state="completed",tenant="default",type="train"}')).toBe(1);
  expect(of('attune_jobs{state="waiting",tenant="default",type="embed"}')).toBe(0);
  expect(of('attune_items{tenant="default"}')).toBe(2);
  expect(of('attune_ladder_rung{tenant="default"}')).toBe(0);
});

it('has nothing of a person or of a path, and no family that the table lacks', async () => {
  const { text } = await call('GET', '/metrics');
  expect(text).not.toMatch(/secret/);
  const families = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name, kind]) => [name, kind]);
  expect(families.sort()).toEqual(
    Object.entries(METRIC_TABLE)
      .map(([name, { kind }]) => [name, kind])
      .sort(),
  );
});
