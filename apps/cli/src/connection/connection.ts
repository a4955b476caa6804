import type { ApiClient } from './api.client.js';

export interface ConnectOptions {
  /** A server by name: nothing is looked for then. */
  readonly url?: string | undefined;
  readonly key?: string | undefined;
  readonly dataDir: string;
  /** Whether the command may begin a data folder; else one must be there. */
  readonly mayCreate: boolean;
  readonly variables: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Tells a person what takes time. */
  readonly note: (line: string) => void;
}

export interface Connection {
  readonly client: ApiClient;
  /** Whether the server runs in this process, and ends with the command. */
  readonly own: boolean;
  close(): Promise<void>;
}
