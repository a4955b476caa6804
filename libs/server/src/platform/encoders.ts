import {
  openBulkEncoder,
  openTextEncoder,
  openTextEncoderLazily,
  type BulkEncoder,
  type OnnxTextEncoder,
} from '@attune/inference';
import { nearest, PipelineError, type Registry } from '@attune/engine';
import type { Item, Space } from '@attune/sdk';
import type { EmbedderSource } from '../config/embedders.schema.js';
import { modelFolder, type LoadedConfig } from '../config/load-config.js';
import { spaceOfItem } from '../embedding/language-space.js';
import { BulkEncoders } from './bulk-encoders.js';
import { bulkFrom, openPluginEncoder } from './plugin-encoder.js';

/** A version of a space of texts: the model that fills it, and the items that belong there by their language. */
export interface EncodedSpace extends Space {
  /** `<space>@<digest, shortened>`. */
  readonly id: string;
  /** The space it is a version of, as pipelines name it. */
  readonly name: string;
  /** Name of the model, or of the plugin. */
  readonly model: string;
  readonly digest: string;
  admits(item: Item): boolean;
}

/** The text models of a server: one a version of a space, opened once, shared by all tenants. */
export interface Encoders {
  /** By the id of the version; the main model is the first. */
  readonly query: ReadonlyMap<string, OnnxTextEncoder>;
  /** By the id of the version, the configured model of a space before its further versions. */
  readonly spaces: ReadonlyMap<string, EncodedSpace>;
  /** Work with the model of a version in a thread of its own, for whole catalogues. */
  bulk<T>(version: string, work: (encoder: BulkEncoder) => Promise<T>): Promise<T>;
  /** Waits for work under way. */
  close(): Promise<void>;
}

/** One model of a space, as configured. */
interface Configured extends EmbedderSource {
  readonly space: string;
  /** Where it is written. */
  readonly at: readonly (string | number)[];
}

const LABEL_DIGITS = 12;

/**
 * Opens the main model, and describes the others: each is opened with the first query or item it is to read. Throws a
 * PipelineError where a folder is missing or broken, the main model is, or two versions of a space are the same.
 */
export async function openEncoders(loaded: LoadedConfig, registry: Registry): Promise<Encoders> {
  const { embedders } = loaded.config;
  const opened = new Map<string, OpenedEncoder>();
  const closeAll = async (): Promise<void> => {
    for (const { encoder } of opened.values()) await encoder.close();
  };
  try {
    for (const source of configuredIn(embedders)) {
      const encoder = await openConfigured(loaded, { source, isMain: opened.size === 0 }, registry);
      const id = `${source.space}@${encoder.digest.slice(0, LABEL_DIGITS)}`;
      if (opened.has(id)) {
        await encoder.close();
        throw sameTwice(loaded, source);
      }
      opened.set(id, { source, encoder });
    }
  } catch (error) {
    await closeAll();
    throw error;
  }
  const bulk = new BulkEncoders(async (version) => {
    const { source, encoder } = opened.get(version)!;
    return source.model === undefined ? bulkFrom(encoder) : openBulkEncoder(modelFolder(source.model, loaded.file));
  });
  const spaceOf = ([id, { source, encoder }]: [string, OpenedEncoder]): [string, EncodedSpace] => {
    const { space: name, model = source.use!, metric = encoder.metric } = source;
    const { dims, digest } = encoder;
    return [id, { id, name, model, dims, metric, digest, admits: (item) => spaceOfItem(item, embedders) === name }];
  };
  return {
    query: new Map([...opened].map(([id, { encoder }]) => [id, encoder])),
    spaces: new Map([...opened].map(spaceOf)),
    bulk: (version, work) => bulk.with(version, work),
    async close() {
      await bulk.close();
      await closeAll();
    },
  };
}

interface OpenedEncoder {
  readonly source: Configured;
  readonly encoder: OnnxTextEncoder;
}

const configuredIn = (embedders: LoadedConfig['config']['embedders']): readonly Configured[] =>
  embedders.flatMap(({ versions = [], ...first }, i) => [
    { ...first, space: first.id, at: ['embedders', i] },
    ...versions.map((one, v) => ({ ...one, space: first.id, at: ['embedders', i, 'versions', v] })),
  ]);

const sameTwice = ({ locate }: LoadedConfig, { at, space, model, use }: Configured): PipelineError =>
  new PipelineError([
    {
      ...locate([...at]),
      cause: `'${model ?? use}' makes the same vectors as another version of space '${space}'`,
      fix: 'drop one of them',
    },
  ]);

async function openConfigured(
  { file, locate }: LoadedConfig,
  { source, isMain }: { readonly source: Configured; readonly isMain: boolean },
  registry: Registry,
): Promise<OnnxTextEncoder> {
  const { space, at, model, use, config: options, metric } = source;
  const opening =
    model === undefined
      ? openUsed(use!, options, registry)
      : (isMain ? openTextEncoder : openTextEncoderLazily)(modelFolder(model, file));
  const encoder = await opening.catch((error: unknown) => {
    const cause = `${model === undefined ? `the plugin '${use}'` : 'the model'} of embedder '${space}' cannot be opened`;
    const fix = (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]!;
    throw new PipelineError([{ ...locate([...at, model === undefined ? 'use' : 'model']), cause, fix }]);
  });
  if (metric !== 'cosine' || encoder.metric === 'cosine') return encoder;
  await encoder.close();
  const cause = `the vectors of embedder '${space}' need not have length 1, which cosine takes for granted`;
  const fix = `say metric: ${encoder.metric}, or have its model normalize them (see the guide on embedders)`;
  throw new PipelineError([{ ...locate([...at, 'metric']), cause, fix }]);
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
