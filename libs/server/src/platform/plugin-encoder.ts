import { createHash } from 'node:crypto';
import type { BulkEncoder, OnnxTextEncoder, TextRole } from '@attune/inference';
import type { Host, Plugin, PortName, VectorBlock } from '@attune/sdk';
import { callWithin } from './call-within.js';

/** Nothing is in `uses`, so that nothing is handed over. */
const NO_PORTS = {} as Host<PortName>;
/** Milliseconds for a piece of the catalogue. */
const PIECE_MS = 60_000;
/** Texts of the catalogue handed to a plugin at a time. */
const PIECE = 32;

/**
 * An embedder plugin as the text model of a space, set up once for all tenants. It runs in this thread, with no ports: it
 * asks a service, or is quick. Throws an Error where it wants ports, or does not embed a first text as it must.
 */
export async function openPluginEncoder(plugin: Plugin<'embedder'>, config: unknown): Promise<OnnxTextEncoder> {
  const { id, version, uses, budget } = plugin;
  if (uses.length > 0) throw new Error(`embedders are handed no ports: drop ${uses.join(', ')} from its uses`);
  const running = await plugin.setup(config, NO_PORTS);
  const { dims, metric } = running.space;
  const embed = async (texts: readonly string[], role: TextRole): Promise<Float32Array> => {
    const inputs = texts.map((value) => ({ modality: 'text' as const, role, value }));
    const call = callWithin(role === 'query' ? budget.hardMs : PIECE_MS);
    return checked(await running.embed(inputs, call), texts.length, dims);
  };
  await running.warmup?.(callWithin(PIECE_MS));
  await embed(['warm up'], 'document');
  const digest = createHash('sha256')
    .update(JSON.stringify([id, version, config]))
    .digest('hex');
  return {
    id,
    digest,
    dims,
    metric,
    maxTokens: Infinity,
    embed,
    knows: () => false,
    close: async () => running.dispose?.(),
  };
}

/** A plugin's encoder as catalogues are embedded with it: piece by piece, in the same thread. */
export function bulkFrom(encoder: OnnxTextEncoder): BulkEncoder {
  return {
    ...encoder,
    async embed(texts, { role = 'document', signal, onProgress } = {}) {
      const out = new Float32Array(texts.length * encoder.dims);
      for (let from = 0; from < texts.length; from += PIECE) {
        signal?.throwIfAborted();
        out.set(await encoder.embed(texts.slice(from, from + PIECE), role), from * encoder.dims);
        onProgress?.(Math.min(from + PIECE, texts.length), texts.length);
      }
      return out;
    },
    // The encoder itself stays open: queries need it.
    close: () => Promise.resolve(),
  };
}

function checked({ rows, dims, data }: VectorBlock, texts: number, expected: number): Float32Array {
  if (rows !== texts || dims !== expected || data.length !== texts * expected)
    throw new Error(`it must answer ${texts} x ${expected} numbers, not ${rows} x ${dims} (${data.length})`);
  if (!data.every((value) => Number.isFinite(value))) throw new Error('it answered a number that is not finite');
  return data;
}
