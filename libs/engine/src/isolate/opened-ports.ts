import type { Call, Host, PortName } from '@attune/sdk';
import { isCall, valueOf, type AskPort } from './port-call.js';

/** Ports whose `open` gives something that stays where it is: what of it is told, and what can be called from afar. */
const OPENED = {
  pairScore: { values: [], methods: ['score'] },
  llm: { values: ['model', 'blocked'], methods: ['answer', 'likelihood', 'relevance'] },
} as const satisfies { readonly [P in PortName]?: Readonly<Record<'values' | 'methods', readonly string[]>> };
type OpeningPort = keyof typeof OPENED;
export const opens = (port: PortName): port is OpeningPort => Object.hasOwn(OPENED, port);

/** What plugins in threads opened, by their ports: each once, as the plugin itself would have it. */
const openedBy = new WeakMap<object, Map<string, Promise<object>>>();

/** Opens by a list of arguments; with a method's name and arguments after it, what the method answers, else the values by name. */
export async function calledOpened(
  ports: Host<PortName>,
  port: OpeningPort,
  [asked, method, ...rest]: readonly unknown[],
  call: Call,
): Promise<unknown> {
  if (!Array.isArray(asked)) throw new Error(`port '${port}' is opened by a list of arguments`);
  const opened = await openedOnce(ports, port, asked);
  const { values, methods: callable } = OPENED[port];
  if (method === undefined) return Object.fromEntries(values.map((name) => [name, Reflect.get(opened, name)]));
  if (!(callable as readonly unknown[]).includes(method)) throw new Error(`port '${port}' has no ${String(method)}`);
  const methods = opened as Readonly<Record<string, (...all: readonly unknown[]) => Promise<unknown>>>;
  return methods[String(method)]!(...rest, call);
}

function openedOnce(ports: Host<PortName>, port: OpeningPort, asked: readonly unknown[]): Promise<object> {
  const known = openedBy.get(ports) ?? new Map<string, Promise<object>>();
  openedBy.set(ports, known);
  const key = JSON.stringify([port, asked]);
  let opening = known.get(key);
  if (opening === undefined) {
    const { open } = ports[port] as { readonly open: (...all: readonly unknown[]) => Promise<object> };
    known.set(key, (opening = open.apply(ports[port], [...asked])));
    // What could not be opened may be mended: it is tried again.
    opening.catch(() => known.delete(key));
  }
  return opening;
}

/** The same on the other side: its values as they were told; each call names what was opened. */
export const remotelyOpened = (port: OpeningPort, asked: readonly unknown[], values: object, ask: AskPort): object => ({
  ...values,
  ...Object.fromEntries(
    OPENED[port].methods.map((method) => [
      method,
      async (...all: readonly unknown[]) => {
        const args = [asked, method, ...all.filter((arg) => !isCall(arg))];
        return valueOf(await ask({ port, method: 'open', args }, all.find(isCall)));
      },
    ]),
  ),
});
