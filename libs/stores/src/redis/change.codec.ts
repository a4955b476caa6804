import type { Change, ChangesLost } from '@attune/sdk';
import { z } from 'zod';

type News = Change | ChangesLost;

/** What a process tells the others. */
export interface ChangeMessage {
  /** Which process; undefined where the message cannot be read. */
  readonly from: string | undefined;
  readonly change: News;
}

const ids = z.array(z.string());
const SCHEMAS: { readonly [K in News['kind']]: z.ZodType<Extract<News, { readonly kind: K }>> } = {
  items: z.object({ kind: z.literal('items'), ids }),
  users: z.object({ kind: z.literal('users'), userIds: ids }),
  model: z.object({ kind: z.literal('model'), name: z.string() }),
  consent: z.object({ kind: z.literal('consent'), userIds: ids }),
  forgotten: z.object({ kind: z.literal('forgotten'), userIds: ids, anonymousIds: ids }),
  lost: z.object({ kind: z.literal('lost') }),
};
const messageSchema = z.object({ from: z.string(), change: z.union(Object.values(SCHEMAS)) });

export const messageText = (message: ChangeMessage): string => JSON.stringify(message);

/** Reads a message. One that cannot be read may tell of a change that only newer versions know: `lost`. */
export function messageOf(text: string): ChangeMessage {
  const read = messageSchema.safeParse(jsonOf(text));
  return read.success ? read.data : { from: undefined, change: { kind: 'lost' } };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
