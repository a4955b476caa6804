import { join } from 'node:path';
import { z } from 'zod';

const list = (text: string): readonly string[] => text.split(',').map((part) => part.trim()).filter((part) => part !== '');

/** `key` or `key=tenant`, separated by commas. */
const apiKeys = z
  .string()
  .default('')
  .transform((text, context) => {
    const keys = new Map<string, string>();
    for (const entry of list(text)) {
      const [key = '', tenant = 'default'] = entry.split('=');
      if (key.length < 16) context.addIssue({ code: 'custom', message: 'each key needs at least 16 characters' });
      if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(tenant)) context.addIssue({ code: 'custom', message: `tenant '${tenant}' must be lower case letters, digits and dashes` });
      keys.set(key, tenant);
    }
    return keys;
  });

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/** Everything the server reads from its environment. */
export const environmentSchema = z
  .object({
    PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
    HOST: z.string().default('127.0.0.1'),
    ATTUNE_DATA_DIR: z.string().min(1).default('.attune'),
    ATTUNE_DEMO: z.enum(['on', 'off']).default('on'),
    ATTUNE_CONFIG: z.string().optional(),
    ATTUNE_API_KEYS: apiKeys,
    ATTUNE_LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  })
  .refine(({ HOST, ATTUNE_API_KEYS }) => LOOPBACK.has(HOST) || ATTUNE_API_KEYS.size > 0, {
    path: ['HOST'],
    message: 'listening beyond this machine needs API keys: set ATTUNE_API_KEYS=<key>, or HOST=127.0.0.1',
  });
export type Environment = z.output<typeof environmentSchema>;

/** Root of the installation: where `config` and `assets` lie. */
export const INSTALLATION = join(__dirname, '..', '..', '..', '..');

/** Parses the environment. Throws an Error with one line a variable that is wrong. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const parsed = environmentSchema.safeParse(variables);
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
}
