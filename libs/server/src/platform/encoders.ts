import {
  openBulkEncoder,
  openTextEncoder,
  openTextEncoderLazily,
  type BulkEncoder,
  type OnnxTextEncoder,
} from '@attune/inference';
import { PipelineError } from '@attune/engine';
import type { Item, Space } from '@attune/sdk';
import { modelFolder, type LoadedConfig } from '../config/load-config.js';
import { spaceOfItem } from '../embedding/language-space.js';
import { BulkEncoders } from './bulk-encoders.js';

/** A space of texts: the model that fills it, and the items that belong there by their language. */
export interface EncodedSpace extends Space {
  readonly digest: string;
  admits(item: Item): boolean;
}

/** The text models of a server: one a space, opened once, shared by all tenants. */
export interface Encoders {
  readonly query: ReadonlyMap<string, OnnxTextEncoder>;
  readonly spaces: ReadonlyMap<string, EncodedSpace>;
  /** Work with the model of a space in a thread of its own, for whole catalogues. */
  bulk<T>(space: string, work: (encoder: BulkEncoder) => Promise<T>): Promise<T>;
  /** Waits for work under way. */
  close(): Promise<void>;
}

/**
 * Opens the main model, and describes the others: each is opened with the first query or item of its languages. Throws a
 * PipelineError where a folder is missing or broken, or the main model is.
 */
export async function openEncoders(loaded: LoadedConfig): Promise<Encoders> {
  const { embedders } = loaded.config;
  const query = new Map<string, OnnxTextEncoder>();
  const closeAll = async (): Promise<void> => {
    for (const encoder of query.values()) await encoder.close();
  };
  try {
    for (const [i, { id }] of embedders.entries()) query.set(id, await openConfigured(loaded, i));
  } catch (error) {
    await closeAll();
    throw error;
  }
  const folders = new Map(embedders.map(({ id, model }) => [id, modelFolder(model, loaded.file)]));
  const bulk = new BulkEncoders((space) => openBulkEncoder(folders.get(space)!));
  const spaceOf = ([id, { dims, metric, digest }]: [string, OnnxTextEncoder]): [string, EncodedSpace] => [
    id,
    { id, dims, metric, digest, admits: (item) => spaceOfItem(item, embedders) === id },
  ];
  return {
    query,
    spaces: new Map([...query].map(spaceOf)),
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
    return await (i === 0 ? openTextEncoder : openTextEncoderLazily)(modelFolder(model, file));
  } catch (error) {
    const cause = `the model of embedder '${id}' cannot be opened`;
    const fix = (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]!;
    throw new PipelineError([{ ...locate(['embedders', i, 'model']), cause, fix }]);
  }
}
