import { existsSync } from 'node:fs';
import type { Check } from '@attune/server';
import { connect } from '../connection/connect.js';
import type { ConnectOptions } from '../connection/connection.js';
import type { Output } from '../output/output.js';

type Asked = Omit<ConnectOptions, 'mayCreate' | 'note'> & { readonly output: Output };

interface Diagnosis {
  readonly now: string;
  readonly checks: readonly Check[];
}

/** How far two clocks may be apart: events that are further ahead of the server's are refused. */
const APART_MS = 5 * 60_000;

/** What the owner of the data says of it; where none can be asked, why. `files`: what was found before. */
export async function checkServed(asked: Asked, files: readonly Check[]): Promise<readonly Check[]> {
  if (asked.url === undefined && files.some(isInTheWay))
    return [unknown('not looked at: no server can start before the problems above are mended')];
  if (asked.url === undefined && !existsSync(asked.dataDir)) return [unknown('there are none yet')];
  try {
    const note = (line: string): void => asked.output.note(line);
    const connection = await connect({ ...asked, mayCreate: false, note });
    try {
      const { now, checks } = await connection.client.get<Diagnosis>('/v1/diagnosis', { signal: asked.signal });
      return [...checks, checkClocks(Date.parse(now), Date.now())];
    } finally {
      await connection.close();
    }
  } catch (error) {
    if (asked.signal.aborted) throw error;
    return problemsOf(error);
  }
}

/** `server`, `own`: the clocks of the server and of this machine, epoch ms. */
export function checkClocks(server: number, own: number): Check {
  const seconds = Math.round((own - server) / 1000);
  if (Math.abs(own - server) <= APART_MS) return { id: 'clock:here', status: 'ok', detail: "agrees with the server's" };
  return {
    id: 'clock:here',
    status: 'problem',
    detail: `this machine's clock is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} the server's: events sent from here would be ${seconds > 0 ? 'refused' : 'dated wrongly'}`,
    fix: "set the clock that is wrong: timedatectl set-ntp true, on this machine or the server's",
  };
}

/** A taken port or a full disk does not keep a server of our own from starting. */
const isInTheWay = ({ id, status }: Check): boolean => status === 'problem' && id !== 'port' && id !== 'disk';

const unknown = (detail: string): Check => ({
  id: 'data',
  status: 'warning',
  detail,
  fix: 'run attune doctor again then',
});

function problemsOf(error: unknown): readonly Check[] {
  const fix = (error as { readonly fix?: unknown }).fix;
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n').map((detail) => ({
    id: 'server',
    status: 'problem',
    detail,
    fix: typeof fix === 'string' ? fix : 'mend what the line names, then run attune doctor again',
  }));
}
