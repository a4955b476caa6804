import { openBulkEncoder, openTextEncoder, type BulkEncoder, type OnnxTextEncoder } from '@attune/inference';
import type { Space } from '@attune/sdk';
import { modelFolder, type LoadedConfig } from '../config/load-config.js';

/** The text models of a server: one a space, opened once, shared by all tenants. */
export interface Encoders {
  readonly query: ReadonlyMap<string, OnnxTextEncoder>;
  readonly spaces: ReadonlyMap<string, Space & { readonly digest: string }>;
  /** The model of a space in a thread of its own, for whole catalogues; let go when nobody has used it for a while. */
  bulk(space: string): Promise<BulkEncoder>;
  /** Lets the bulk threads go: an idle server keeps one copy of a model. */
  rest(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the configured models. Throws where a folder or its model is missing or broken. */
export async function openEncoders({ config, file }: LoadedConfig): Promise<Encoders> {
  const folders = new Map(config.embedders.map(({ id, model }) => [id, modelFolder(model, file)]));
  const query = new Map<string, OnnxTextEncoder>();
  for (const [id, folder] of folders) query.set(id, await openTextEncoder(folder));
  const bulk = new Map<string, Promise<BulkEncoder>>();
  const rest = async (): Promise<void> => {
    const open = [...bulk.values()];
    bulk.clear();
    // A busy ONNX thread must end by itself: ending it from outside aborts the process.
    for (const encoder of open) await (await encoder).close();
  };
  return {
    query,
    spaces: new Map([...query].map(([id, { dims, metric, digest }]) => [id, { id, dims, metric, digest }])),
    bulk(space) {
      let encoder = bulk.get(space);
      if (encoder === undefined) bulk.set(space, (encoder = openBulkEncoder(folders.get(space)!)));
      return encoder;
    },
    rest,
    async close() {
      await rest();
      for (const encoder of query.values()) await encoder.close();
    },
  };
}
