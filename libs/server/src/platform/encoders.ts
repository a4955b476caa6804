import { openBulkEncoder, openTextEncoder, type BulkEncoder, type OnnxTextEncoder } from '@attune/inference';
import { PipelineError } from '@attune/engine';
import type { Space } from '@attune/sdk';
import { modelFolder, type LoadedConfig } from '../config/load-config.js';
import { BulkEncoders } from './bulk-encoders.js';

/** The text models of a server: one a space, opened once, shared by all tenants. */
export interface Encoders {
  readonly query: ReadonlyMap<string, OnnxTextEncoder>;
  readonly spaces: ReadonlyMap<string, Space & { readonly digest: string }>;
  /** Work with the model of a space in a thread of its own, for whole catalogues. */
  bulk<T>(space: string, work: (encoder: BulkEncoder) => Promise<T>): Promise<T>;
  /** Waits for work under way. */
  close(): Promise<void>;
}

/** Opens the configured models. Throws a PipelineError where a folder or its model is missing or broken. */
export async function openEncoders(loaded: LoadedConfig): Promise<Encoders> {
  const query = new Map<string, OnnxTextEncoder>();
  const closeAll = async (): Promise<void> => {
    for (const encoder of query.values()) await encoder.close();
  };
  try {
    for (const [i, { id }] of loaded.config.embedders.entries()) query.set(id, await openConfigured(loaded, i));
  } catch (error) {
    await closeAll();
    throw error;
  }
  const folders = new Map(loaded.config.embedders.map(({ id, model }) => [id, modelFolder(model, loaded.file)]));
  const bulk = new BulkEncoders((space) => openBulkEncoder(folders.get(space)!));
  return {
    query,
    spaces: new Map([...query].map(([id, { dims, metric, digest }]) => [id, { id, dims, metric, digest }])),
    bulk: (space, work) => bulk.with(space, work),
    async close() {
      await bulk.close();
      await closeAll();
    },
  };
}

async function openConfigured({ config, file, locate }: LoadedConfig, i: number): Promise<OnnxTextEncoder> {
  const { id, model } = config.embedders[i]!;
  try {
    return await openTextEncoder(modelFolder(model, file));
  } catch (error) {
    const cause = `the model of embedder '${id}' cannot be opened`;
    const fix = (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]!;
    throw new PipelineError([{ ...locate(['embedders', i, 'model']), cause, fix }]);
  }
}
