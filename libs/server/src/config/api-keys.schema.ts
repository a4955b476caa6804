import { z } from 'zod';

/** What a key may be good for. */
const KEY_SCOPES = ['ingest', 'recommend', 'replay', 'admin'] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

/** Whose a key is, and what it is good for. */
export interface KeyGrant {
  readonly tenant: string;
  readonly scopes: ReadonlySet<KeyScope>;
}

export const EVERY_SCOPE: ReadonlySet<KeyScope> = new Set(KEY_SCOPES);
const KNOWN: ReadonlySet<string> = EVERY_SCOPE;

/** `key`, `key=tenant` or `key=tenant:scope+scope`, separated by commas; without scopes a key is good for everything. */
export const apiKeysSchema = z
  .string()
  .default('')
  .transform((text, context) => {
    const keys = new Map<string, KeyGrant>();
    const refuse = (message: string): void => context.addIssue({ code: 'custom', message });
    for (const entry of listOf(text, ',')) {
      const [key = '', grant = 'default', ...more] = entry.split('=');
      if (more.length > 0) refuse("a key may hold no '=': write key=tenant");
      if (key.length < 16) refuse('each key needs at least 16 characters');
      if (keys.has(key)) refuse('a key is listed twice: drop one');
      keys.set(key, readGrant(grant, refuse));
    }
    return keys;
  });

function readGrant(text: string, refuse: (message: string) => void): KeyGrant {
  const [tenant = '', scopes, ...more] = text.split(':');
  if (more.length > 0) refuse("write the scopes of a key after one ':', with '+' between them");
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(tenant)) {
    // Without what was written: it may be a key on the wrong side.
    refuse('a tenant must be lower case letters, digits and dashes: write key=tenant');
  }
  if (scopes === undefined) return { tenant, scopes: EVERY_SCOPE };
  const named = listOf(scopes, '+');
  if (named.length === 0) refuse(`a ':' needs scopes after it: ${KEY_SCOPES.join(', ')}`);
  for (const name of named) {
    if (!KNOWN.has(name)) refuse(`there is no scope '${name}': use ${KEY_SCOPES.join(', ')}`);
  }
  return { tenant, scopes: new Set(named.filter((name): name is KeyScope => KNOWN.has(name))) };
}

const listOf = (text: string, separator: string): readonly string[] =>
  text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
