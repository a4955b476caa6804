import { join } from 'node:path';
import { z } from 'zod';
import { apiKeysSchema } from './api-keys.schema.js';

const PORT_RANGE = 'must be a number from 0 to 65535; 0 takes a free port';
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/** Everything the server reads from its environment. */
export const environmentSchema = z
  .object({
    PORT: z.coerce.number(PORT_RANGE).int(PORT_RANGE).min(0, PORT_RANGE).max(65_535, PORT_RANGE).default(3000),
    HOST: z.string().default('127.0.0.1'),
    ATTUNE_DATA_DIR: z.string().min(1).default('.attune'),
    ATTUNE_DEMO: z.enum(['on', 'off']).default('on'),
    ATTUNE_CONFIG: z.string().optional(),
    ATTUNE_API_KEYS: apiKeysSchema,
    ATTUNE_METRICS_OPEN: z.enum(['on', 'off']).default('off').describe('`on`: `/metrics` needs no key.'),
    OTEL_EXPORTER_OTLP_ENDPOINT: z
      .url({ protocol: /^https?$/, error: 'must be the address of a collector, for example http://localhost:4318' })
      .optional()
      .describe('Traces are sent there, by OTLP over HTTP. Default: none are made.'),
    ATTUNE_LOG_LEVEL: z
      .enum(['silent', 'error', 'warn', 'info', 'debug'])
      .optional()
      .describe('Default info; warn on a terminal.'),
  })
  .refine(({ HOST, ATTUNE_API_KEYS }) => LOOPBACK.has(HOST) || ATTUNE_API_KEYS.size > 0, {
    path: ['HOST'],
    message: 'listening beyond this machine needs API keys: set ATTUNE_API_KEYS=<key>, or HOST=127.0.0.1',
  });
export type Environment = z.output<typeof environmentSchema>;

/** Root of the installation: where `config` and `assets` lie. */
export const INSTALLATION = join(__dirname, '..', '..', '..', '..');

/** Parses the environment; an empty variable is an unset one. Throws an Error with one line a variable that is wrong. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const set = Object.entries(variables).filter(([, value]) => value !== undefined && value.trim() !== '');
  const parsed = environmentSchema.safeParse(Object.fromEntries(set));
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error([...new Set(lines)].join('\n'));
}
