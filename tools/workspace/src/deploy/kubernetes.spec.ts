import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '../source-files.js';
import { environmentFault, ofServer, stopMs, textOf } from './deploy-files.js';
import { manifestSchema } from './kubernetes.schema.js';
import { base, config, deployments, documentsIn, FOLDER, keda, manifests, ofKind, taken } from './manifests.js';

describe('the manifests', () => {
  it('are of the kinds that are needed', () => {
    expect(manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort()).toEqual([
      'Deployment attune-gateway',
      'Deployment attune-worker',
      'HorizontalPodAutoscaler attune-gateway',
      'NetworkPolicy attune-gateway',
      'NetworkPolicy attune-services',
      'NetworkPolicy attune-worker',
      'PersistentVolumeClaim attune-data',
      'PodDisruptionBudget attune-gateway',
      'PodDisruptionBudget attune-worker',
      'ScaledObject attune-worker',
      'Service attune',
    ]);
  });

  it.each<[string, string, string]>([
    ['a misspelt member', 'readinessProbe', 'readynessProbe'],
    ['a container that may write anywhere', '"readOnlyRootFilesystem":true', '"readOnlyRootFilesystem":false'],
    ['text where a number is needed', '"maxSurge":1', '"maxSurge":"one"'],
    ['no limit of memory', '"limits":{"memory":"2Gi"}', '"limits":{}'],
    ['another version of the API', '"apiVersion":"apps/v1"', '"apiVersion":"apps/v1beta1"'],
  ])('would be refused with %s', (_, right, wrong) => {
    const text = JSON.stringify(documentsIn('base/gateway.yaml')[0]);
    expect(text).toContain(right);
    expect(manifestSchema.safeParse(JSON.parse(text.replaceAll(right, wrong))).success).toBe(false);
  });

  it('are all listed, and what is listed is there', () => {
    for (const [folder, { resources = [] }] of [
      ['base', base],
      ['keda', keda],
    ] as const) {
      const files = readdirSync(join(workspaceRoot, FOLDER, folder)).filter((name) => name !== 'kustomization.yaml');
      expect(resources.filter((name) => name.endsWith('.yaml'))).toEqual(files.sort());
      const folders = resources.filter((name) => !name.endsWith('.yaml'));
      expect(folders.every((name) => existsSync(join(workspaceRoot, FOLDER, folder, name, 'kustomization.yaml')))).toBe(
        true,
      );
    }
    expect(keda.namespace).toBe(base.namespace);
  });

  it('run this version of the image, and hold no secret', () => {
    const { version } = JSON.parse(textOf('package.json')) as { version: string };
    const image = base.images?.[0];
    expect(image).toMatchObject({ name: 'attune', newTag: version });
    expect(deployments.map(({ container }) => container.image)).toEqual(['attune', 'attune']);
    expect(JSON.stringify(manifests)).not.toMatch(/"kind":"Secret"|:\/\/[^"/]*@/);
  });

  it('carry the configuration of this repository, every surface of it', () => {
    const surfaces = readdirSync(join(workspaceRoot, 'config/surfaces')).map((name) => `surfaces/${name}`);
    expect(config.configMapGenerator).toEqual([
      { name: 'attune-config', files: ['attune.config.yaml'] },
      { name: 'attune-surfaces', files: surfaces.sort() },
    ]);
    expect(existsSync(join(workspaceRoot, 'config/attune.config.yaml'))).toBe(true);
  });
});

describe.each(deployments)('$name', ({ name, spec, pod, container, labels }) => {
  const role = name.replace('attune-', '') as 'gateway' | 'worker';

  it('starts a program of the workspace', () => {
    expect(container.command).toEqual(['node', `apps/${role}/dist/main.js`]);
    expect(existsSync(join(workspaceRoot, `apps/${role}/src/main.ts`))).toBe(true);
  });

  it('selects its own pods, and spreads them', () => {
    expect(taken(spec.selector)).toEqual([name]);
    expect(pod.topologySpreadConstraints.map(({ labelSelector }) => labelSelector.matchLabels)).toEqual([
      labels,
      labels,
    ]);
  });

  it('gives an environment that the server starts with', () => {
    const given: Readonly<Record<string, string>> = {
      ATTUNE_API_KEYS: 'a-long-secret-key-1',
      ELASTICSEARCH_URL: 'https://elasticsearch:9200',
      ELASTICSEARCH_API_KEY: 'key',
      REDIS_URL: 'rediss://redis:6379',
    };
    const values = container.env.map((one) => [
      one.name,
      'value' in one ? one.value : given[one.valueFrom.secretKeyRef.key],
    ]);
    const known = ofServer(`Object.keys(load('config/environment.schema.js').environmentSchema.shape)`);
    expect(known).toEqual(expect.arrayContaining(values.map(([variable]) => variable)));
    expect(values.filter(([, value]) => value === undefined)).toEqual([]);
    expect(environmentFault({ HOST: '0.0.0.0', ...Object.fromEntries(values) })).toBe('');
    const secrets = container.env.flatMap((one) => ('valueFrom' in one ? [one.valueFrom.secretKeyRef] : []));
    expect(new Set(secrets.map((one) => one.name))).toEqual(new Set(['attune']));
    expect(secrets.filter(({ optional }) => optional).map(({ key }) => key)).toEqual(['ELASTICSEARCH_API_KEY']);
  });

  it('is asked for its health where the server answers', () => {
    const paths = ofServer(`load('http/operations/operations.js').OPERATIONS.map(({ path }) => path)`);
    const { startupProbe, livenessProbe, readinessProbe } = container;
    expect([startupProbe, livenessProbe, readinessProbe].map(({ httpGet }) => httpGet.path)).toEqual([
      '/health/live',
      '/health/live',
      '/health/ready',
    ]);
    expect(paths).toEqual(expect.arrayContaining(['/health/live', '/health/ready']));
    const ports = [startupProbe, livenessProbe, readinessProbe].map(({ httpGet }) => httpGet.port);
    expect(new Set(ports)).toEqual(new Set(container.ports.map((one) => one.name)));
    // The default of PORT: the deployment sets none.
    expect(container.ports.map(({ containerPort }) => containerPort)).toEqual([3000]);
  });

  it('has the time to end what it is at', () => {
    const pauseMs = Number(container.lifecycle?.preStop.exec.command[1] ?? 0) * 1000;
    expect(pod.terminationGracePeriodSeconds * 1000).toBeGreaterThan(pauseMs + stopMs()[role]);
  });

  it('mounts what there is, where the image has it', () => {
    expect(container.volumeMounts.map((mount) => mount.name)).toEqual(pod.volumes.map((volume) => volume.name));
    const claims = pod.volumes.flatMap((one) =>
      'persistentVolumeClaim' in one ? [one.persistentVolumeClaim.claimName] : [],
    );
    expect(claims).toEqual(ofKind('PersistentVolumeClaim').map(({ metadata }) => metadata.name));
    const maps = pod.volumes.flatMap((one) => ('configMap' in one ? [one.configMap.name] : []));
    expect(maps).toEqual(config.configMapGenerator?.map((one) => one.name));
    const inImage = container.volumeMounts.map(({ mountPath }) => mountPath).filter((path) => path.startsWith('/app/'));
    expect(inImage.filter((path) => !existsSync(join(workspaceRoot, path.replace('/app/', ''))))).toEqual([]);
  });

  it('may lose one pod at a time', () => {
    const budgets = ofKind('PodDisruptionBudget').filter(({ spec: { selector } }) => taken(selector).includes(name));
    expect(budgets).toHaveLength(1);
    expect(spec.strategy.rollingUpdate).toEqual({ maxSurge: 1, maxUnavailable: 0 });
  });
});
