import { join } from 'node:path';
import { writeShop, type WrittenShop } from './scratch.js';
import { surfaceOf } from './every-plugin.shop.js';
import { tinySurface } from './tiny-shop.js';

const PLUGIN = join(__dirname, 'plugins', 'number-embedder.cjs');
/** Configuration of an embedder that costs nothing: titles are near each other where they end in the same number. */
export const numberEmbedder = { plugins: [PLUGIN], embedders: [{ id: 'text', use: 'numbers' }] };

const near = { use: 'content-knn', hardMs: 20_000 };
const popular = { use: 'popular', limit: 1_000, hardMs: 20_000 };

/**
 * A configuration whose embedder costs nothing: titles are near each other where they end in the same number. `home`
 * shows what is bought most, `near` what is near. `versions`: further ones of its space.
 */
export const numberShop = (versions: readonly object[] = []): WrittenShop =>
  writeShop({
    surfaces: {
      home: tinySurface('home', { retrieve: [popular] }),
      near: surfaceOf('near', { retrieve: [near], weights: { 'content-knn': 1 } }),
    },
    config: { plugins: [PLUGIN], embedders: [{ id: 'text', use: 'numbers', versions }], train: [] },
  });
