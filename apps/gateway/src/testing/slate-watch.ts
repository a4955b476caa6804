import type { DegradedAnswer, SlateAnswer, SlateAsked } from './answers.js';
import { WANT_OF_TIME, type HttpClient } from './http.client.js';
import { goneOrThrow } from './shop.js';

export interface SlatesSeen {
  readonly slates: number;
  /** Slates from which something was left out. */
  readonly lacking: number;
  /** Answers that are no slate, and slates without items. */
  readonly faults: readonly string[];
  /** Codes of what was left out, but for want of time. */
  readonly degraded: ReadonlySet<string>;
  /** Codes of what was left out for want of time: of a busy machine, or of a store that does not answer. */
  readonly late: ReadonlySet<string>;
}

/** Between two slates: so that a machine of two cores has time for what is watched. */
const PACE_MS = 150;

/** One answer, undefined where the gateway is gone. */
type Asked = (gateway: HttpClient) => Promise<string | readonly DegradedAnswer[] | undefined>;

/**
 * Asks for slates, one after the other at each gateway in turn, for as long as the work takes, which may look at what was
 * seen so far. A gateway that is gone is no fault: its visitors ask another.
 */
export async function slatesDuring(
  { gateways, asked }: { readonly gateways: () => readonly HttpClient[]; readonly asked: SlateAsked },
  work: (seen: SlatesSeen) => Promise<unknown>,
): Promise<SlatesSeen> {
  const seen = { slates: 0, lacking: 0, faults: [] as string[], degraded: new Set<string>(), late: new Set<string>() };
  let working = true;
  const ask = askFor(asked);
  const asking = (async () => {
    for (let n = 0; working; n++) {
      const now = gateways();
      const answer = await ask(now[n % now.length]!);
      if (typeof answer === 'string') seen.faults.push(answer);
      else if (answer !== undefined) {
        seen.slates++;
        if (answer.length > 0) seen.lacking++;
        for (const one of answer) seen[isLate(one) ? 'late' : 'degraded'].add(one.code);
      }
      await new Promise((resolve) => setTimeout(resolve, PACE_MS));
    }
  })();
  try {
    await work(seen);
  } finally {
    working = false;
    await asking;
  }
  return seen;
}

const askFor =
  (asked: SlateAsked): Asked =>
  async (gateway) => {
    const answer = await gateway.call<SlateAnswer>('POST', '/v1/recommendations', asked).catch(goneOrThrow);
    if (answer === undefined) return undefined;
    const { status, body } = answer;
    if (status !== 200) return `${status} ${JSON.stringify(body)}`;
    return body.items.length === 0 ? `empty: ${JSON.stringify(body)}` : body.degraded;
  };

/** A store that answers with a fault is not late, nor is a plugin that rests after five misses in a row. */
function isLate({ code, detail = '' }: DegradedAnswer): boolean {
  if (code === 'STORE_UNAVAILABLE') return detail.startsWith('no answer within');
  return code !== 'PLUGIN_CIRCUIT_OPEN' && WANT_OF_TIME.has(code);
}
