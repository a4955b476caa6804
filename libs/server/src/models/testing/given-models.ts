import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GraphPort, GraphSession } from '@attune/sdk';
import { readDeclaration } from '../declaration.file.js';
import { modelImportSchema, type ModelImport } from '../model-import.schema.js';

export const EXAMPLES = join(__dirname, '../../../../../docs/guides/examples/models');
export const base64 = (file: string): string => readFileSync(join(EXAMPLES, file)).toString('base64');
/** Ids of the items of the examples. */
export const ids = readFileSync(join(EXAMPLES, 'best-sellers.txt'), 'utf8').trim().split('\n');

export type Run = GraphSession['run'];
/** ONNX Runtime is for tests of whole processes; here a function stands for the graph. */
export function graphsOf(run: Run) {
  const counted = { opened: 0, closed: 0 };
  const port: GraphPort = {
    async open() {
      counted.opened += 1;
      return { run, close: async () => void (counted.closed += 1) };
    },
  };
  return { port, counted };
}
/** How many candidates are asked about. */
export const rowsOf: (feeds: Parameters<Run>[0]) => number = (feeds) => {
  const shapes = Object.values(feeds).map((feed) => ('shape' in feed ? feed.shape[0]! : feed.length));
  return Math.max(...shapes);
};

/** The example of a kind, as it is sent; members given replace its own. */
export const given = (kind: 'scorer' | 'user-encoder', changes: object = {}): ModelImport => {
  const name = kind === 'scorer' ? 'click-scorer' : 'gru-encoder';
  const declaration = { ...readDeclaration(join(EXAMPLES, `${name}.yaml`), kind) };
  const vectors = kind === 'scorer' ? {} : { vectors: base64('gru-encoder.vectors.npy') };
  return modelImportSchema.parse({ declaration, onnx: base64(`${name}.onnx`), items: ids, ...vectors, ...changes });
};
