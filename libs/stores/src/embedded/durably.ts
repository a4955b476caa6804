import { AttuneError } from '@attune/sdk';

/** Runs a write; its failure becomes `NOT_DURABLE` with the cause in one line. */
export async function durably<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new AttuneError('NOT_DURABLE', detail, { cause: error });
  }
}
