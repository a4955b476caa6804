import { ofServer, textOf } from './deploy-files.js';
import { deployments, keda, ofKind, taken } from './manifests.js';

describe('what leads to the pods', () => {
  it('is a service on the port of the gateways alone', () => {
    const [service] = ofKind('Service');
    expect(taken({ matchLabels: service?.spec.selector ?? {} })).toEqual(['attune-gateway']);
    expect(service?.spec.ports.map(({ targetPort }) => targetPort)).toEqual(['http']);
  });

  it('is let through by policies of theirs, which let everybody in at the gateways only', () => {
    const inward = ofKind('NetworkPolicy').filter(({ spec }) => spec.policyTypes.includes('Ingress'));
    const open = inward.filter(({ spec }) => spec.ingress?.some(({ from }) => from === undefined));
    expect(inward.flatMap(({ spec }) => taken(spec.podSelector))).toEqual(['attune-gateway', 'attune-worker']);
    expect(open.flatMap(({ spec }) => taken(spec.podSelector))).toEqual(['attune-gateway']);
    const outward = ofKind('NetworkPolicy').filter(({ spec }) => spec.policyTypes.includes('Egress'));
    expect(outward.flatMap(({ spec }) => taken(spec.podSelector))).toEqual(['attune-gateway', 'attune-worker']);
    const ports = outward.flatMap(({ spec }) =>
      (spec.egress ?? []).flatMap((rule) => rule.ports.map(({ port }) => port)),
    );
    expect(ports).toEqual(expect.arrayContaining([53, 9200, 6379]));
  });
});

describe('the number of pods', () => {
  it('is set by one autoscaler each, where a deployment leaves it open', () => {
    const [byCpu] = ofKind('HorizontalPodAutoscaler');
    const [byQueue] = ofKind('ScaledObject');
    expect([byCpu?.spec.scaleTargetRef.name, byQueue?.spec.scaleTargetRef.name]).toEqual([
      'attune-gateway',
      'attune-worker',
    ]);
    const [gateway, worker] = deployments;
    expect(gateway?.spec.replicas).toBeUndefined();
    expect(worker?.spec.replicas).toBe(byQueue?.spec.minReplicaCount);
    expect(keda.patches).toEqual([
      {
        target: { kind: 'Deployment', name: 'attune-worker' },
        patch: '[{ "op": "remove", "path": "/spec/replicas" }]',
      },
    ]);
  });

  it('of workers follows a metric that the server has, each of its rows counted once', () => {
    const query = ofKind('ScaledObject')[0]?.spec.triggers[0].metadata.query ?? '';
    const [, labels, metric, states] = /^sum\(max by \(([\w, ]+)\) \((\w+)\{state=~"([\w|]+)"\}\)\)$/.exec(query) ?? [];
    const table = ofServer(`load('telemetry/metric-table.js').METRIC_TABLE`) as Record<string, { labels: string[] }>;
    expect(table[metric ?? '']?.labels).toEqual(labels?.split(', '));
    const counted = textOf('libs/sdk/src/ports/job-queue.port.ts');
    for (const state of states?.split('|') ?? ['none'])
      expect(counted).toMatch(new RegExp(`readonly ${state}: number`));
  });
});
