import type { Llm, LlmOptions, LlmPort } from '@attune/sdk';

const opened = new WeakMap<LlmPort, Map<string, Promise<Llm>>>();

/**
 * The model for a purpose of the server's own, opened once for each tenant's port: a purpose has a circuit, which is of no use
 * where each request has another one. Rejects as `open` does; whoever asks next tries again.
 */
export function openedOnce(port: LlmPort, purpose: string, { runs = 'any' }: LlmOptions = {}): Promise<Llm> {
  const own = opened.get(port) ?? new Map<string, Promise<Llm>>();
  opened.set(port, own);
  const key = `${purpose} ${runs}`;
  const known = own.get(key);
  if (known !== undefined) return known;
  const opening = port.open(purpose, { runs });
  own.set(key, opening);
  opening.catch(() => own.delete(key));
  return opening;
}
