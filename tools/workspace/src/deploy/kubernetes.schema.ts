import { z } from 'zod';
import { deploymentSchema, labels, name, port, selector } from './kubernetes-deployment.schema.js';

/*
 * The parts of the Kubernetes API (1.29 and newer), of KEDA and of kustomize that deploy/kubernetes uses. Written by hand
 * and strict: the API server drops a misspelt member without a word, and these refuse it.
 */

const metadata = z.strictObject({ name, labels: labels.optional() });

/** One kind of resource: its API, and what stands beside kind and metadata. */
function resource<K extends string, S extends z.ZodType>(apiVersion: string, kind: K, spec: S) {
  return z.strictObject({ apiVersion: z.literal(apiVersion), kind: z.literal(kind), metadata, spec });
}

const scaleDown = z.strictObject({ stabilizationWindowSeconds: z.int().min(0).max(3600) });
const behavior = z.strictObject({ scaleDown });

const service = z.strictObject({
  selector: labels,
  ports: z.array(z.strictObject({ name, port, targetPort: z.union([name, port]) })).min(1),
});

const claim = z.strictObject({
  accessModes: z.array(z.enum(['ReadWriteOnce', 'ReadWriteMany', 'ReadOnlyMany', 'ReadWriteOncePod'])).min(1),
  resources: z.strictObject({ requests: z.strictObject({ storage: z.string().regex(/^\d+(Mi|Gi|Ti)$/) }) }),
});

const disruptionBudget = z.strictObject({ maxUnavailable: z.int().positive(), selector });

const autoscaler = z
  .strictObject({
    scaleTargetRef: z.strictObject({ apiVersion: z.literal('apps/v1'), kind: z.literal('Deployment'), name }),
    minReplicas: z.int().positive(),
    maxReplicas: z.int().positive(),
    metrics: z
      .array(
        z.strictObject({
          type: z.literal('Resource'),
          resource: z.strictObject({
            name: z.enum(['cpu', 'memory']),
            target: z.strictObject({
              type: z.literal('Utilization'),
              averageUtilization: z.int().min(1).max(100),
            }),
          }),
        }),
      )
      .min(1),
    behavior,
  })
  .refine(({ minReplicas, maxReplicas }) => minReplicas <= maxReplicas);

const policyPorts = z.array(
  z.strictObject({ port: z.union([name, port]), protocol: z.enum(['TCP', 'UDP']).optional() }),
);
const peer = z.strictObject({ namespaceSelector: selector });

const networkPolicy = z.strictObject({
  podSelector: selector,
  policyTypes: z.array(z.enum(['Ingress', 'Egress'])).min(1),
  ingress: z.array(z.strictObject({ from: z.array(peer).optional(), ports: policyPorts })).optional(),
  egress: z.array(z.strictObject({ to: z.array(peer).optional(), ports: policyPorts })).optional(),
});

const scaledObject = z
  .strictObject({
    scaleTargetRef: z.strictObject({ name }),
    minReplicaCount: z.int().positive('without a worker nobody puts due work into the queue'),
    maxReplicaCount: z.int().positive(),
    pollingInterval: z.int().positive(),
    fallback: z.strictObject({ failureThreshold: z.int().positive(), replicas: z.int().positive() }),
    advanced: z.strictObject({ horizontalPodAutoscalerConfig: z.strictObject({ behavior }) }),
    triggers: z.tuple([
      z.strictObject({
        type: z.literal('prometheus'),
        metadata: z.strictObject({
          serverAddress: z.url(),
          query: z.string(),
          threshold: z.string().regex(/^\d+(\.\d+)?$/),
        }),
      }),
    ]),
  })
  .refine(({ minReplicaCount, maxReplicaCount }) => minReplicaCount <= maxReplicaCount);

/** One manifest, by its kind. */
export const manifestSchema = z.discriminatedUnion('kind', [
  resource('apps/v1', 'Deployment', deploymentSchema),
  resource('v1', 'Service', service),
  resource('v1', 'PersistentVolumeClaim', claim),
  resource('policy/v1', 'PodDisruptionBudget', disruptionBudget),
  resource('autoscaling/v2', 'HorizontalPodAutoscaler', autoscaler),
  resource('networking.k8s.io/v1', 'NetworkPolicy', networkPolicy),
  resource('keda.sh/v1alpha1', 'ScaledObject', scaledObject),
]);

export type Manifest = z.output<typeof manifestSchema>;

/** A kustomization.yaml. */
export const kustomizationSchema = z.strictObject({
  apiVersion: z.literal('kustomize.config.k8s.io/v1beta1'),
  kind: z.literal('Kustomization'),
  namespace: name.optional(),
  resources: z.array(z.string()).optional(),
  images: z.array(z.strictObject({ name: z.string(), newName: z.string(), newTag: z.string() })).optional(),
  configMapGenerator: z.array(z.strictObject({ name, files: z.array(z.string()) })).optional(),
  patches: z
    .array(z.strictObject({ target: z.strictObject({ kind: z.string(), name }), patch: z.string() }))
    .optional(),
});

export type Kustomization = z.output<typeof kustomizationSchema>;
