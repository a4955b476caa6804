import type { Call, Clock, Deadline } from '@attune/sdk';

/** Something that was said of a call. */
export interface Told {
  readonly code: string;
  readonly detail?: string;
}

/** A call of the server itself, outside of pipelines: it keeps what ports say of it. */
export interface ServerCall extends Call {
  readonly degraded: readonly Told[];
  readonly notes: readonly Told[];
}

export interface CallForOptions {
  readonly tenant: string;
  /** Milliseconds from now on. */
  readonly deadlineMs: number;
  readonly clock: Pick<Clock, 'monotonic'>;
}

/** A call that has so much time, by the clock; its signal follows real time. */
export function callFor({ tenant, deadlineMs, clock }: CallForOptions): ServerCall {
  const end = clock.monotonic() + deadlineMs;
  const degraded: Told[] = [];
  const notes: Told[] = [];
  return {
    tenant,
    deadline: {
      signal: AbortSignal.timeout(deadlineMs),
      remainingMs: () => Math.max(0, end - clock.monotonic()),
    },
    degrade: (code, detail) => void degraded.push(told(code, detail)),
    note: (code, detail) => void notes.push(told(code, detail)),
    degraded,
    notes,
  };
}

const told = (code: string, detail: string | undefined): Told => ({ code, ...(detail !== undefined && { detail }) });

/** What work comes to while there is time, else undefined: it goes on, and nobody is told how it ends. */
export async function inTime<T>(work: Promise<T>, { signal }: Deadline): Promise<T | undefined> {
  work.catch(() => undefined);
  if (signal.aborted) return undefined;
  let tooLate: () => void = () => undefined;
  const over = new Promise<undefined>((resolve) => {
    tooLate = () => resolve(undefined);
    signal.addEventListener('abort', tooLate, { once: true });
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    signal.removeEventListener('abort', tooLate);
  }
}
