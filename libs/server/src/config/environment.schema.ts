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
    ELASTICSEARCH_URL: z
      .url({ protocol: /^https?$/, error: 'must be an address, for example http://elastic:password@localhost:9200' })
      .optional()
      .describe(
        'Data are kept there, and jobs in `REDIS_URL`; many processes may share them. Default: the data folder.',
      ),
    ELASTICSEARCH_API_KEY: z.string().min(1).optional().describe('Instead of a name and a password in the address.'),
    REDIS_URL: z
      .url({ protocol: /^rediss?$/, hostname: /./, error: 'must be an address, for example redis://localhost:6379' })
      .optional()
      .describe('Goes with `ELASTICSEARCH_URL`.'),
    ATTUNE_STORE_PREFIX: z
      .string()
      // No hyphen: it ends the prefix in a name, so that none of another installation begins with it.
      .regex(/^[a-z0-9][a-z0-9_]{0,30}$/, 'must be 1–31 lower-case letters, digits and underscores')
      .default('attune')
      .describe('What the names of indices and keys begin with: two installations may share the services.'),
    ATTUNE_ROLE: z
      .enum(['all', 'gateway'])
      .default('all')
      .describe('`gateway`: jobs are left to workers (`npm run start:worker`); `all`: this process does them too.'),
    ATTUNE_LLM_URL: z
      .url({
        protocol: /^https?$/,
        error: 'must be the base of an OpenAI-compatible API, for example https://api.example/v1',
      })
      .optional()
      .describe('A language model behind an OpenAI-compatible API: its base, up to `/v1`. Default: none is asked.'),
    ATTUNE_LLM_MODEL: z
      .string()
      .min(1)
      .max(256)
      .optional()
      .describe('Goes with `ATTUNE_LLM_URL`: the model’s name there.'),
    ATTUNE_LLM_RERANK_MODEL: z
      .string()
      .min(1)
      .max(256)
      .optional()
      .describe('What that API calls its re-ranking model, for `llm-relevance` by `/rerank`. Default: there is none.'),
    ATTUNE_LLM_KEY: z.string().min(1).optional().describe('Key of that API, if it wants one.'),
    ATTUNE_LLM_FILE: z
      .string()
      .min(1)
      .optional()
      .describe(
        'A language model in a GGUF file, run in this process; see [run a model locally](../guides/llm-local.md).',
      ),
    ATTUNE_HOOK_KEY: z
      .string()
      .min(1)
      .optional()
      .describe('Sent to the addresses of `chat` in the configuration as `Authorization: Bearer`.'),
    ATTUNE_LOG_LEVEL: z
      .enum(['silent', 'error', 'warn', 'info', 'debug'])
      .optional()
      .describe('Default info; warn on a terminal.'),
  })
  .refine((set) => (set.ELASTICSEARCH_URL === undefined) === (set.REDIS_URL === undefined), {
    path: ['REDIS_URL'],
    message: 'goes with ELASTICSEARCH_URL: set both, or neither to keep data in the data folder',
  })
  .refine((set) => set.ELASTICSEARCH_API_KEY === undefined || set.ELASTICSEARCH_URL !== undefined, {
    path: ['ELASTICSEARCH_API_KEY'],
    message: 'goes with ELASTICSEARCH_URL',
  })
  .refine((set) => (set.ATTUNE_LLM_URL === undefined) === (set.ATTUNE_LLM_MODEL === undefined), {
    path: ['ATTUNE_LLM_MODEL'],
    message: 'goes with ATTUNE_LLM_URL: set both, or neither to do without a language model',
  })
  .refine((set) => set.ATTUNE_LLM_KEY === undefined || set.ATTUNE_LLM_URL !== undefined, {
    path: ['ATTUNE_LLM_KEY'],
    message: 'goes with ATTUNE_LLM_URL',
  })
  .refine((set) => set.ATTUNE_LLM_RERANK_MODEL === undefined || set.ATTUNE_LLM_URL !== undefined, {
    path: ['ATTUNE_LLM_RERANK_MODEL'],
    message: 'goes with ATTUNE_LLM_URL',
  })
  .refine((set) => set.ATTUNE_LLM_FILE === undefined || set.ATTUNE_LLM_URL === undefined, {
    path: ['ATTUNE_LLM_FILE'],
    message: 'set either ATTUNE_LLM_FILE or ATTUNE_LLM_URL: there is one language model',
  })
  .refine(({ ATTUNE_ROLE, REDIS_URL }) => ATTUNE_ROLE === 'all' || REDIS_URL !== undefined, {
    path: ['ATTUNE_ROLE'],
    message: 'a gateway without jobs needs ELASTICSEARCH_URL and REDIS_URL, where workers find them',
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
