import {
  openBulkEncoder,
  openTextEncoder,
  openTextEncoderLazily,
  type BulkEncoder,
  type OnnxTextEncoder,
} from '@attune/inference';
import { nearest, PipelineError, type Registry } from '@attune/engine';
import type { Item, Space } from '@attune/sdk';
import { modelFolder, type LoadedConfig } from '../config/load-config.js';
import { spaceOfItem } from '../embedding/language-space.js';
import { BulkEncoders } from './bulk-encoders.js';
import { bulkFrom, openPluginEncoder } from './plugin-encoder.js';

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
export async function openEncoders(loaded: LoadedConfig, registry: Registry): Promise<Encoders> {
  const { embedders } = loaded.config;
  const query = new Map<string, OnnxTextEncoder>();
  const closeAll = async (): Promise<void> => {
    for (const encoder of query.values()) await encoder.close();
  };
  try {
    for (const [i, { id }] of embedders.entries()) query.set(id, await openConfigured(loaded, i, registry));
  } catch (error) {
    await closeAll();
    throw error;
  }
  const bulk = new BulkEncoders(async (space) => {
    const { model } = embedders.find(({ id }) => id === space)!;
    return model === undefined ? bulkFrom(query.get(space)!) : openBulkEncoder(modelFolder(model, loaded.file));
  });
  const metrics = new Map(embedders.map(({ id, metric }) => [id, metric]));
  const spaceOf = ([id, { dims, metric, digest }]: [string, OnnxTextEncoder]): [string, EncodedSpace] => [
    id,
    { id, dims, metric: metrics.get(id) ?? metric, digest, admits: (item) => spaceOfItem(item, embedders) === id },
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

async function openConfigured(
  { config, file, locate }: LoadedConfig,
  i: number,
  registry: Registry,
): Promise<OnnxTextEncoder> {
  const { id, model, use, config: options, metric } = config.embedders[i]!;
  const opening =
    model === undefined
      ? openUsed(use!, options, registry)
      : (i === 0 ? openTextEncoder : openTextEncoderLazily)(modelFolder(model, file));
  const encoder = await opening.catch((error: unknown) => {
    const cause = `${model === undefined ? `the plugin '${use}'` : 'the model'} of embedder '${id}' cannot be opened`;
    const fix = (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]!;
    throw new PipelineError([{ ...locate(['embedders', i, model === undefined ? 'use' : 'model']), cause, fix }]);
  });
  if (metric !== 'cosine' || encoder.metric === 'cosine') return encoder;
  await encoder.close();
  const cause = `the vectors of embedder '${id}' need not have length 1, which cosine takes for granted`;
  const fix = `say metric: ${encoder.metric}, or have its model normalize them (see the guide on embedders)`;
  throw new PipelineError([{ ...locate(['embedders', i, 'metric']), cause, fix }]);
}

async function openUsed(use: string, options: unknown, registry: Registry): Promise<OnnxTextEncoder> {
  const plugin = registry.get('embedder', use)?.plugin;
  if (plugin !== undefined) {
    const parsed = plugin.config.safeParse(options ?? {});
    if (parsed.success) return openPluginEncoder(plugin, parsed.data);
    throw new Error(parsed.error.issues.map(({ path, message }) => `option ${path.join('.')}: ${message}`).join('; '));
  }
  const near = nearest(use, registry.ids('embedder'));
  throw new Error(near === undefined ? 'add its package under plugins' : `did you mean '${near}'?`);
}
