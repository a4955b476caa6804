import type { JsonValue } from '@attune/sdk';
import type { z } from 'zod';

const LONGEST_ANSWER = 65_536;

export interface Hook {
  readonly url: string;
  /** Sent as `Authorization: Bearer`. */
  readonly key: string | undefined;
}

/**
 * Asks an address of the shop by POST with JSON. Redirects are not followed: what is sent names people.
 * @returns undefined where it does not answer in time, or with anything but what fits the schema
 */
export async function callHook<A>(
  { url, key }: Hook,
  body: Readonly<Record<string, JsonValue>>,
  { schema, signal }: { readonly schema: z.ZodType<A>; readonly signal: AbortSignal },
): Promise<A | undefined> {
  try {
    const headers = {
      'content-type': 'application/json',
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
    };
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), redirect: 'error', signal });
    if (!answer.ok) await answer.body?.cancel();
    const text = answer.ok ? await limited(answer) : undefined;
    return text === undefined ? undefined : schema.safeParse(jsonOrText(text)).data;
  } catch {
    return undefined;
  }
}

/** Who only has to know answers nothing, or "ok". */
function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function limited({ body }: Response): Promise<string | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const chunks: AsyncIterable<Uint8Array> | readonly Uint8Array[] = body ?? [];
  for await (const part of chunks) {
    length += part.length;
    if (length > LONGEST_ANSWER) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
