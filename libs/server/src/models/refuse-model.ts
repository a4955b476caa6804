import { AttuneError } from '@attune/sdk';

/** A model that cannot be used: why, what to do, and the member of the request at fault. */
export const refuseModel = (detail: string, pointer?: string, cause?: unknown): AttuneError =>
  new AttuneError('MODEL_UNUSABLE', detail, { ...(pointer !== undefined && { pointer }), cause });

/** First line of an error, at most 400 characters. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0]!.slice(0, 400);
}
