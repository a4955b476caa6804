import { parentPort, workerData } from 'node:worker_threads';
import { PortError, type Behaviors, type Call, type Kind, type Need } from '@attune/sdk';
import { RequestDeadline } from '../runtime/request-deadline.js';
import { THREAD_CLOCK } from '../runtime/thread-clock.js';
import { findPlugin } from './find-plugin.js';
import type { FromIsolate, IsolateStart, ToIsolate } from './protocol.js';
import {
  unpackBatch,
  unpackExplainedSlate,
  unpackSlate,
  unpackView,
  type WireBatch,
  type WireExplainedSlate,
  type WireSlate,
  type WireView,
} from './wire.js';
import type { PortAnswer } from './port-call.js';
import { remotePorts } from './wire-ports.js';

/** Entry of the thread in which one isolated plugin lives. */

type AnyRunning = Partial<Behaviors<Need, string>[Kind]> & Partial<UnionToIntersection<Behaviors<Need, string>[Kind]>>;
type UnionToIntersection<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void ? I : never;

type CallMessage = Extract<ToIsolate, { readonly type: 'call' }>;

const port = parentPort!;
const say = (message: FromIsolate): void => port.postMessage(message);
const waiting = new Map<number, (answer: PortAnswer) => void>();
/** Ids of the calls being answered: a port called with one is called with its time. */
const idOf = new WeakMap<Call, number>();
let asked = 0;

async function setUp({ module, kind, id, config }: IsolateStart): Promise<AnyRunning> {
  const plugin = await findPlugin(module, kind, id);
  const ports = remotePorts(plugin.uses, (call, during) => {
    const id = ++asked;
    say({ type: 'port', id, call, during: during && idOf.get(during) });
    return new Promise((resolve) => waiting.set(id, resolve));
  });
  return (await plugin.setup(config, ports)) as AnyRunning;
}

async function answer(running: AnyRunning, method: string, args: readonly unknown[], call: Call): Promise<unknown> {
  switch (method) {
    case 'warmup':
      return running.warmup?.(call);
    case 'retrieve':
      return running.retrieve!((args[0] as readonly WireView[]).map(unpackView), args[1] as number, call);
    case 'filter': {
      const keep = args[1] as Uint8Array;
      await running.filter!(unpackBatch(args[0] as WireBatch), keep, call);
      return keep;
    }
    case 'score': {
      const batch = unpackBatch(args[0] as WireBatch);
      const out = new Float32Array(batch.candidates.size).fill(NaN);
      await running.score!(batch, out, call);
      return out;
    }
    case 'rank':
      return running.rank!(unpackBatch(args[0] as WireBatch), args[1] as ReadonlyMap<string, Float32Array>, call);
    case 'rerank':
      return running.rerank!(unpackSlate(args[0] as WireSlate), call);
    case 'explain':
      return running.explain!(unpackExplainedSlate(args[0] as WireExplainedSlate), call);
    default:
      throw new Error(`no method ${method}`);
  }
}

function callOf({ id, tenant }: CallMessage, deadline: RequestDeadline): Call {
  const call: Call = {
    tenant,
    deadline,
    degrade: (code, detail) => say({ type: 'said', id, how: 'degrade', code, detail }),
    note: (code, detail) => say({ type: 'said', id, how: 'note', code, detail }),
  };
  idOf.set(call, id);
  return call;
}

/** Answers one call; its signal aborts when its time is over. */
async function respond(settingUp: Promise<AnyRunning>, message: CallMessage): Promise<void> {
  const { id, method, args, remainingMs } = message;
  const running = await settingUp;
  say({ type: 'begun', id });
  const deadline = new RequestDeadline(THREAD_CLOCK, remainingMs);
  const timer = setTimeout(() => deadline.expire(), remainingMs);
  try {
    say({ type: 'answer', id, value: await answer(running, method, args, callOf(message, deadline)) });
  } catch (error) {
    say({ type: 'answer', id, error: messageOf(error) });
  } finally {
    clearTimeout(timer);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function live(): Promise<void> {
  const start = workerData as IsolateStart;
  const settingUp = setUp(start);
  port.on('message', (message: ToIsolate) => {
    if (message.type === 'port') {
      waiting.get(message.id)?.(message.answer);
      waiting.delete(message.id);
      return;
    }
    void respond(settingUp, message);
  });
  try {
    const running = await settingUp;
    const facts = {
      ...(running.reads && { reads: running.reads }),
      ...(running.depth !== undefined && { depth: running.depth }),
    };
    say({ type: 'ready', facts });
  } catch (error) {
    say({
      type: 'refused',
      error: error instanceof PortError ? error.detail : messageOf(error),
      ...(error instanceof PortError && { code: error.code }),
    });
  }
}

void live();
