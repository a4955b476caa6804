import { join } from 'node:path';
import { z } from 'zod';

const list = (text: string): readonly string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** `key` or `key=tenant`, separated by commas. */
const apiKeys = z
  .string()
  .default('')
  .transform((text, context) => {
    const keys = new Map<string, string>();
    for (const entry of list(text)) {
      const [key = '', tenant = 'default', ...more] = entry.split('=');
      if (more.length > 0) context.addIssue({ code: 'custom', message: "a key may hold no '=': write key=tenant" });
      if (key.length < 16) context.addIssue({ code: 'custom', message: 'each key needs at least 16 characters' });
      if (keys.has(key)) context.addIssue({ code: 'custom', message: 'a key is listed twice: drop one' });
      if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(tenant))
        context.addIssue({
          code: 'custom',
          message: `tenant '${tenant}' must be lower case letters, digits and dashes`,
        });
      keys.set(key, tenant);
    }
    return keys;
  });

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
    ATTUNE_API_KEYS: apiKeys,
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
