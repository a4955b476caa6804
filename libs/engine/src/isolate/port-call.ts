import { PortError, type Call, type PortName } from '@attune/sdk';

/** A port's method called from another thread. */
export interface PortCall {
  readonly port: PortName;
  readonly method: string;
  readonly args: readonly unknown[];
}
export type PortAnswer = { readonly value: unknown } | { readonly error: string; readonly code?: PortError['code'] };

export type AskPort = (call: PortCall, during: Call | undefined) => Promise<PortAnswer>;

/** What was answered. @throws PortError with the code it was refused with, else Error. */
export function valueOf(answer: PortAnswer): unknown {
  if (!('error' in answer)) return answer.value;
  throw answer.code === undefined ? new Error(answer.error) : new PortError(answer.code, answer.error);
}

export const isCall = (value: unknown): value is Call =>
  typeof value === 'object' && value !== null && 'deadline' in value;
