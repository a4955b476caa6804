import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { PortError, type Call, type Host, type PortName } from '@attune/sdk';
import type { FromIsolate, IsolateFacts, IsolateStart, ToIsolate } from './protocol.js';
import { answerPortCall } from './wire-ports.js';

// Both `src` and `dist` have the built entry at the same place.
const ENTRY = join(__dirname, '..', '..', 'dist', 'isolate', 'isolate-worker.js');
/** The run of a step ends first and says PLUGIN_TIMEOUT; the thread is ended this much later. */
const GRACE_MS = 5;
const SET_UP_MS = 30_000;

interface Pending {
  readonly method: string;
  readonly hardMs: number;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly call: Call;
  timer: NodeJS.Timeout;
  begun: boolean;
}

/** One worker thread with one plugin in it: calls that overrun end the thread, and with it whatever else it was doing. */
export class IsolateThread {
  /** Settles when the plugin is set up. */
  readonly ready: Promise<IsolateFacts>;
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  readonly #setUpTimer: NodeJS.Timeout;
  #setUp!: (facts: IsolateFacts) => void;
  #refuse!: (error: Error) => void;
  #calls = 0;
  #state: 'starting' | 'ready' | 'crashed' | 'ended' = 'starting';

  /** `setUpCall` makes what ports are called with where the plugin passes no call on. */
  constructor(
    start: IsolateStart,
    private readonly ports: Host<PortName>,
    private readonly setUpCall: () => Call,
  ) {
    this.ready = new Promise((resolve, reject) => {
      this.#setUp = resolve;
      this.#refuse = reject;
    });
    this.ready.catch(() => undefined);
    // A thread of its own environment: a plugin from outside does not read this process's secrets.
    this.#worker = new Worker(ENTRY, { workerData: start, env: {}, execArgv: [] });
    this.#setUpTimer = setTimeout(
      () => this.#end(new Error(`${start.id} was not set up within ${SET_UP_MS} ms`)),
      SET_UP_MS,
    );
    this.#worker.on('message', (message: FromIsolate) => this.#hear(message));
    this.#worker.on('error', (error) => this.#end(error));
    this.#worker.on('exit', () => this.#end(new Error(`the thread of ${start.id} ended`)));
  }

  /** Whether it takes no calls any more. */
  get ended(): boolean {
    return this.#state === 'ended' || this.#state === 'crashed';
  }

  /** Whether it ended after the plugin had been set up: another thread may well work. */
  get crashed(): boolean {
    return this.#state === 'crashed';
  }

  /** Calls one method; rejects, and ends the thread, where it takes longer than `hardMs`. */
  async call(method: string, args: readonly unknown[], call: Call, hardMs: number): Promise<unknown> {
    await this.ready;
    if (call.deadline.remainingMs() <= 0) throw new Error('its thread was still starting');
    const id = ++this.#calls;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#overdue(id), hardMs + GRACE_MS);
      this.#pending.set(id, { method, hardMs, resolve, reject, call, timer, begun: false });
      try {
        this.#send({ type: 'call', id, method, args, remainingMs: call.deadline.remainingMs(), tenant: call.tenant });
      } catch (error) {
        // Something in the arguments cannot cross to a thread.
        this.#take(id);
        reject(error as Error);
      }
    });
  }

  async end(): Promise<void> {
    this.#end(new Error('the plugin was disposed'));
    await this.#worker.terminate();
  }

  #send(message: ToIsolate): void {
    if (!this.ended) this.#worker.postMessage(message);
  }

  #hear(message: FromIsolate): void {
    switch (message.type) {
      case 'ready':
        clearTimeout(this.#setUpTimer);
        this.#state = 'ready';
        // Only a thread that is being set up keeps the process alive; calls have timers of their own.
        this.#worker.unref();
        return this.#setUp(message.facts);
      case 'refused':
        return this.#end(
          message.code === undefined ? new Error(message.error) : new PortError(message.code, message.error),
        );
      case 'port':
        return void this.#answerPort(message);
      case 'begun':
        return this.#begin(message.id);
      case 'said':
        return this.#pending
          .get(message.id)
          ?.call[message.how === 'note' ? 'note' : 'degrade'](message.code, message.detail);
      case 'answer': {
        const pending = this.#take(message.id);
        if (message.error === undefined) pending?.resolve(message.value);
        else pending?.reject(new Error(message.error));
      }
    }
  }

  async #answerPort({ id, call, during }: Extract<FromIsolate, { readonly type: 'port' }>): Promise<void> {
    const asking = during === undefined ? undefined : this.#pending.get(during)?.call;
    const answer = await answerPortCall(this.ports, call, asking ?? this.setUpCall());
    try {
      this.#send({ type: 'port', id, answer });
    } catch (error) {
      this.#send({ type: 'port', id, answer: { error: `${call.port} answered what cannot cross: ${String(error)}` } });
    }
  }

  #begin(id: number): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    clearTimeout(pending.timer);
    pending.begun = true;
    pending.timer = setTimeout(() => this.#overdue(id), pending.hardMs + GRACE_MS);
  }

  /** Ends the thread, unless the call only waited in line behind others that still have time. */
  #overdue(id: number): void {
    const { method, hardMs, begun, reject } = this.#pending.get(id)!;
    const inLine = !begun && [...this.#pending.values()].some((other) => other.begun);
    // It stays listed: the thread will come to it, and then its time runs.
    if (inLine) reject(new Error(`${method} waited ${hardMs} ms behind other calls`));
    else this.#end(new Error(`${method} was ended after ${hardMs} ms`));
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    clearTimeout(pending?.timer);
    this.#pending.delete(id);
    return pending;
  }

  #end(why: Error): void {
    if (this.ended) return;
    this.#state = this.#state === 'ready' ? 'crashed' : 'ended';
    clearTimeout(this.#setUpTimer);
    this.#refuse(why);
    for (const id of [...this.#pending.keys()]) this.#take(id)!.reject(why);
    void this.#worker.terminate();
  }
}
