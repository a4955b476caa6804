import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { PortError, type Call, type Host, type PortName } from '@attune/sdk';
import type { FromIsolate, IsolateStart, ToIsolate } from './protocol.js';
import { answerPortCall } from './wire-ports.js';

// Both `src` and `dist` have the built entry at the same place.
const ENTRY = join(__dirname, '..', '..', 'dist', 'isolate', 'isolate-worker.js');
/** The run of a step ends first and says PLUGIN_TIMEOUT; the thread is ended this much later. */
const GRACE_MS = 5;
const SET_UP_MS = 30_000;

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly call: Call;
  readonly timer: NodeJS.Timeout;
}

/** One worker thread with one plugin in it: calls that overrun end the thread, and with it whatever else it was doing. */
export class IsolateThread {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  readonly ready: Promise<{ readonly reads?: readonly string[]; readonly depth?: number }>;
  #calls = 0;
  #ended = false;

  constructor(
    start: IsolateStart,
    private readonly ports: Host<PortName>,
    private readonly setUpCall: Call,
  ) {
    // A thread of its own environment: a plugin from outside does not read this process's secrets.
    this.#worker = new Worker(ENTRY, { workerData: start, env: {}, execArgv: [] });
    this.#worker.unref();
    this.ready = new Promise((resolve, reject) => {
      const tooLate = setTimeout(
        () => this.#end(`${start.id} was not set up within ${SET_UP_MS} ms`),
        SET_UP_MS,
      ).unref();
      this.#worker.on('message', (message: FromIsolate) => {
        if (message.type === 'ready') resolve(message.facts);
        else if (message.type === 'refused') {
          reject(message.code === undefined ? new Error(message.error) : new PortError(message.code, message.error));
        } else this.#hear(message);
        if (message.type === 'ready' || message.type === 'refused') clearTimeout(tooLate);
      });
      this.#worker.on('error', (error) => this.#end(error.message));
      this.#worker.on('exit', () => {
        this.#end(`the thread of ${start.id} ended`);
        reject(new Error(`the thread of ${start.id} ended`));
      });
    });
    this.ready.catch(() => undefined);
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Calls one method; rejects, and ends the thread, where it takes longer than `hardMs`. */
  async call(method: string, args: readonly unknown[], call: Call, hardMs: number): Promise<unknown> {
    await this.ready;
    this.#calls += 1;
    const id = this.#calls;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#end(`${method} was ended after ${hardMs} ms`), hardMs + GRACE_MS);
      this.#pending.set(id, { resolve, reject, call, timer });
      this.#send({ type: 'call', id, method, args, remainingMs: call.deadline.remainingMs(), tenant: call.tenant });
    });
  }

  async end(): Promise<void> {
    this.#end('the plugin was disposed');
    await this.#worker.terminate();
  }

  #send(message: ToIsolate): void {
    this.#worker.postMessage(message);
  }

  #hear(message: Extract<FromIsolate, { readonly type: 'answer' | 'said' | 'port' }>): void {
    if (message.type === 'port') {
      void answerPortCall(this.ports, message.call, this.setUpCall).then((answer) => {
        if (!this.#ended) this.#send({ type: 'port', id: message.id, answer });
      });
      return;
    }
    const pending = this.#pending.get(message.id);
    if (pending === undefined) return;
    if (message.type === 'said') {
      pending.call[message.how](message.code, message.detail);
      return;
    }
    clearTimeout(pending.timer);
    this.#pending.delete(message.id);
    if (message.error === undefined) pending.resolve(message.value);
    else pending.reject(new Error(message.error));
  }

  #end(why: string): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer);
      reject(new Error(why));
    }
    this.#pending.clear();
    void this.#worker.terminate();
  }
}
