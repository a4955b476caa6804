import { parentPort, workerData } from 'node:worker_threads';
import { PortError, type Behaviors, type Call, type Kind, type Need } from '@attune/sdk';
import { RequestDeadline } from '../runtime/request-deadline.js';
import { THREAD_CLOCK } from '../runtime/thread-clock.js';
import { findPlugin } from './find-plugin.js';
import type { FromIsolate, IsolateStart, ToIsolate } from './protocol.js';
import { unpackBatch, unpackSlate, unpackView, type WireBatch, type WireSlate, type WireView } from './wire.js';
import { remotePorts, type PortAnswer } from './wire-ports.js';

/** Entry of the thread in which one isolated plugin lives. */

type AnyRunning = Partial<Behaviors<Need, string>[Kind]> & Partial<UnionToIntersection<Behaviors<Need, string>[Kind]>>;
type UnionToIntersection<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void ? I : never;

const port = parentPort!;
const say = (message: FromIsolate): void => port.postMessage(message);
const waiting = new Map<number, (answer: PortAnswer) => void>();
let asked = 0;

async function setUp({ module, kind, id, config }: IsolateStart): Promise<AnyRunning> {
  const plugin = await findPlugin(module, kind, id);
  const ports = remotePorts(plugin.uses, (call) => {
    asked += 1;
    say({ type: 'port', id: asked, call });
    return new Promise((resolve) => waiting.set(asked, resolve));
  });
  return (await plugin.setup(config, ports)) as AnyRunning;
}

async function answer(running: AnyRunning, method: string, args: readonly unknown[], call: Call): Promise<unknown> {
  switch (method) {
    case 'warmup':
      return running.warmup?.(call);
    case 'dispose':
      return running.dispose?.();
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
      return running.explain!(unpackSlate(args[0] as WireSlate), call);
    default:
      throw new Error(`no method ${method}`);
  }
}

function callOf(id: number, remainingMs: number, tenant: string): Call {
  return {
    tenant,
    deadline: new RequestDeadline(THREAD_CLOCK, remainingMs),
    degrade: (code, detail) => say({ type: 'said', id, how: 'degrade', code, detail }),
    note: (code, detail) => say({ type: 'said', id, how: 'note', code, detail }),
  };
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
    const { id, method, args, remainingMs, tenant } = message;
    settingUp
      .then((running) => answer(running, method, args, callOf(id, remainingMs, tenant)))
      .then(
        (value) => say({ type: 'answer', id, value }),
        (error: unknown) => say({ type: 'answer', id, error: messageOf(error) }),
      );
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
