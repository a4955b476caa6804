import { documentsOf, yamlOf } from './deploy-files.js';
import { kustomizationSchema, manifestSchema, type Kustomization, type Manifest } from './kubernetes.schema.js';

/** Folder of the manifests, from the workspace's root. */
export const FOLDER = 'deploy/kubernetes';

/** The documents of a file of the folder. */
export const documentsIn = (file: string): readonly unknown[] => documentsOf(`${FOLDER}/${file}`);

const kustomization = (folder: string): Kustomization =>
  kustomizationSchema.parse(yamlOf(`${folder}/kustomization.yaml`));

export const base = kustomization(`${FOLDER}/base`);
export const keda = kustomization(`${FOLDER}/keda`);
export const config = kustomization('config');

/** Every resource of base and keda. */
export const manifests: readonly Manifest[] = [
  ...['data', 'gateway', 'network', 'worker'].map((name) => `base/${name}.yaml`),
  'keda/worker.yaml',
]
  .flatMap(documentsIn)
  .map((document) => manifestSchema.parse(document));

export function ofKind<K extends Manifest['kind']>(kind: K): readonly Extract<Manifest, { kind: K }>[] {
  return manifests.filter((one): one is Extract<Manifest, { kind: K }> => one.kind === kind);
}

/** Each Deployment with its pod, the pod's one container and its labels. */
export const deployments = ofKind('Deployment').map(({ metadata, spec }) => {
  const pod = spec.template.spec;
  return { name: metadata.name, spec, pod, container: pod.containers[0], labels: spec.template.metadata.labels };
});

/** Names of the deployments whose pods a selector takes. */
export function taken({ matchLabels }: { readonly matchLabels: Readonly<Record<string, string>> }): readonly string[] {
  const wanted = Object.entries(matchLabels);
  return deployments
    .filter(({ labels }) => wanted.every(([key, value]) => labels[key] === value))
    .map(({ name }) => name);
}
