// The bundled configuration with time enough for every step: what is compared is the answer, not the machine.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './gateway.mjs';

const { parse } = createRequire(join(ROOT, 'libs', 'server', 'package.json'))('yaml');
const PATIENCE_MS = 10_000;
const QUICK = {
  plugins: [join(import.meta.dirname, 'letter-triples.cjs')],
  embedders: [{ id: 'text', use: 'letter-triples' }],
};

/** Path of a configuration file. `isQuick`: texts are embedded by their letters, not by a model. */
export function patientShop({ isQuick = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'attune-bench-config-'));
  const source = join(ROOT, 'config');
  const config = parse(readFileSync(join(source, 'attune.config.yaml'), 'utf8'));
  const models = config.embedders.map((embedder) => ({
    ...embedder,
    model: join(ROOT, 'assets', 'models', embedder.model),
  }));
  writeFileSync(
    join(folder, 'attune.config.yaml'),
    JSON.stringify({ ...config, ...(isQuick ? QUICK : { embedders: models }), surfaces: './surfaces' }),
  );
  mkdirSync(join(folder, 'surfaces'));
  for (const name of readdirSync(join(source, 'surfaces'))) {
    const surface = parse(readFileSync(join(source, 'surfaces', name), 'utf8'));
    writeFileSync(join(folder, 'surfaces', name), JSON.stringify(patient(surface)));
  }
  return join(folder, 'attune.config.yaml');
}

function patient(surface) {
  const step = (one) => (typeof one === 'string' ? { use: one, hardMs: PATIENCE_MS } : { ...one, hardMs: PATIENCE_MS });
  const steps = (list = []) => list.map(step);
  return {
    ...surface,
    deadlineMs: PATIENCE_MS,
    ...Object.fromEntries(
      ['retrieve', 'filter', 'score', 'rerank', 'explain'].map((kind) => [kind, steps([surface[kind] ?? []].flat())]),
    ),
    rank: step(surface.rank),
    fallback: step(surface.fallback),
  };
}
