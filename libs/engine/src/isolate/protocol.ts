import type { Kind, PortError } from '@attune/sdk';
import type { PortAnswer, PortCall } from './port-call.js';

/** What the thread of an isolated plugin is started with. */
export interface IsolateStart {
  readonly module: string;
  readonly kind: Kind;
  readonly id: string;
  readonly config: unknown;
}

/** What only the plugin, once set up, can tell. */
export interface IsolateFacts {
  readonly reads?: readonly string[];
  readonly depth?: number;
}

/** To the thread. */
export type ToIsolate =
  | {
      readonly type: 'call';
      readonly id: number;
      readonly method: string;
      readonly args: readonly unknown[];
      readonly remainingMs: number;
      readonly tenant: string;
    }
  | { readonly type: 'port'; readonly id: number; readonly answer: PortAnswer };

/** From the thread. */
export type FromIsolate =
  | { readonly type: 'ready'; readonly facts: IsolateFacts }
  | { readonly type: 'refused'; readonly error: string; readonly code?: PortError['code'] }
  /** A call left the queue of the thread: its time runs from here. */
  | { readonly type: 'begun'; readonly id: number }
  | { readonly type: 'answer'; readonly id: number; readonly value?: unknown; readonly error?: string }
  | {
      readonly type: 'said';
      readonly id: number;
      readonly how: 'degrade' | 'note';
      readonly code: string;
      readonly detail?: string | undefined;
    }
  /** `during`: the call the plugin passed on; none while it is being set up. */
  | { readonly type: 'port'; readonly id: number; readonly call: PortCall; readonly during: number | undefined };
