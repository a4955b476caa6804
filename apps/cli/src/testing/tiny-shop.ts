import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  attune,
  listening,
  startServerProcess,
  type Ended,
  type ProcessOptions,
  type TestProcess,
} from './attune.process.js';

/** What each step of a surface may take, and all of them. */
export const PATIENT_MS = 20_000;
export const patient = (use: string, more: object = {}): object => ({ use, hardMs: PATIENT_MS, ...more });

/** A pipeline that counts and nothing else; generous with time, so that a busy machine does not degrade it. */
export const tinySurface = (surface: string, more: object = {}): object => ({
  surface,
  deadlineMs: PATIENT_MS,
  retrieve: [patient('popular', { limit: 100 })],
  filter: ['where', 'availability', 'seen'].map((use) => patient(use)),
  score: [patient('popularity')],
  rank: patient('weighted', { config: { popularity: { weight: 1, scale: 'none' } } }),
  fallback: patient('popular'),
  ...more,
});

const search = {
  // Only what matches: a test counts it.
  fallback: undefined,
  retrieve: [patient('lexical', { limit: 100 })],
  score: [patient('lexical-match')],
  rank: patient('weighted', { config: { 'lexical-match': 1 } }),
};

/** Where `@attune/sdk` is for a plugin outside the repository. */
export const SDK = JSON.stringify(join(__dirname, '../../../../libs/sdk/dist/index.js'));

/** Text of a plugin whose embedders give every text the same vector. */
export const ONE_VECTOR = `const { defineEmbedder } = require(${SDK});
const embedder = (id, dims) => defineEmbedder({
  id,
  version: '1.0.0',
  setup: () => ({
    space: { id: 'text', dims, metric: 'cosine' },
    embed: ({ length }) => ({ rows: length, dims, data: Float32Array.from({ length: dims * length }, (_, i) => (i + 1) % dims === 0 ? 1 : 0) }),
  }),
});
exports.oneVectorEmbedder = embedder('one-vector', 2);
exports.otherVectorEmbedder = embedder('other-vector', 3);
`;

/** Configuration of a shop whose items all have the same vector: where meaning is not tested, no model need be opened. */
export const NO_MODEL = {
  plugins: [{ use: './one-vector.cjs', inProcess: true }],
  embedders: [{ id: 'text', use: 'one-vector' }],
};

export const ITEMS = [
  { id: 'lunch-red', title: 'Red lunch box', categories: ['Kitchen'], price: { amount: 4, currency: 'GBP' } },
  { id: 'lunch-blue', title: 'Blue lunch box', categories: ['Kitchen'], price: { amount: 5, currency: 'GBP' } },
  { id: 'mug', title: 'Porcelain tea mug', categories: ['Kitchen'] },
  { id: 'lamp', title: 'Reading \u001b[31mlamp', categories: ['Home'] },
] as const;

const purchase = (userId: string, itemId: string): object => ({
  id: `${userId}-${itemId}`,
  type: 'purchase',
  userId,
  itemId,
  at: '2026-01-05T10:00:00Z',
});
export const EVENTS = [
  purchase('ada', 'mug'),
  purchase('bob', 'mug'),
  purchase('bob', 'lamp'),
  purchase('cleo', 'lunch-red'),
  purchase('cleo', 'mug'),
];

export const jsonl = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

/** A folder with a configuration and files of its own, where the command line runs. Everything is gone after `close`. */
export class TinyShop {
  readonly folder = mkdtempSync(join(tmpdir(), 'attune-cli-'));
  #server: TestProcess | undefined;
  #url: string | undefined;

  constructor(surfaces: Readonly<Record<string, object>> = { home: {}, search }, config: object = {}) {
    mkdirSync(join(this.folder, 'surfaces'));
    for (const [name, more] of Object.entries(surfaces))
      this.write(`surfaces/${name}.yaml`, JSON.stringify(tinySurface(name, more)));
    this.write('one-vector.cjs', ONE_VECTOR);
    this.write('attune.config.yaml', JSON.stringify({ surfaces: './surfaces', ...config }));
  }

  get options(): ProcessOptions {
    return { cwd: this.folder, env: { ATTUNE_CONFIG: 'attune.config.yaml' } };
  }

  /** Path of a file of the folder. */
  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, content: string | Buffer): string {
    writeFileSync(this.path(name), content);
    return name;
  }

  /** Runs the command line in the folder. */
  run(...args: readonly string[]): Promise<Ended> {
    return attune(args, this.options);
  }

  /** As `run` with `--json`: the one document on stdout, and the exit code. */
  async json<T>(...args: readonly string[]): Promise<{ readonly code: number | null; readonly value: T }> {
    const { code, stdout } = await this.run(...args, '--json');
    return { code, value: JSON.parse(stdout) as T };
  }

  /** Starts a server that owns the data folder; its address. */
  async serve(): Promise<string> {
    this.#server = startServerProcess(this.options);
    return (this.#url = await listening(this.#server));
  }

  /** Sends the items and events to the server. */
  async fill(): Promise<void> {
    for (const [what, rows] of Object.entries({ items: ITEMS, events: EVENTS })) {
      const body = JSON.stringify({ [what]: rows });
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${this.#url}/v1/${what}`, { method: 'POST', headers, body });
      if (!response.ok) throw new Error(await response.text());
    }
  }

  async close(): Promise<void> {
    await this.#server?.kill('SIGTERM');
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
