import type { OpenedPlatform } from './platform/open-platform.js';

export interface TryOptions {
  /** Whether the bundled shop is loaded: only then is one of its customers named. */
  readonly demo: boolean;
  /** Whether calls need a key. */
  readonly keys: boolean;
}

/** The first lines a newcomer sees: calls that work, and where to read on. */
export async function whatToTry(
  url: string,
  { main, clock }: Pick<OpenedPlatform, 'main' | 'clock'>,
  { demo, keys }: TryOptions,
): Promise<string> {
  const { items, events } = main.stores;
  const userId = (demo ? await events.someUser() : undefined) ?? 'ada';
  const itemId = demo ? (await events.history({ userId }, clock.now())).items.at(-1) : undefined;
  const [itemCount, eventCount] = [await items.size(), await events.size()];
  const headers = `-H 'content-type: application/json'${keys ? ` -H "authorization: Bearer $KEY"` : ''}`;
  const curl = (path: string, body: object): string =>
    `  curl -s ${url}${path} ${headers} -d ${quoted(JSON.stringify(body))}`;
  const tries: [why: string, surface: string | undefined, line: string][] = [
    [
      `A slate for customer ${userId}, each score explained:`,
      'home',
      curl('/v1/recommendations', { surface: 'home', userId, explain: true }),
    ],
    [
      'Tell it what happened; the very next slate knows:',
      undefined,
      curl('/v1/events', { events: [{ id: 'try-1', type: 'purchase', userId, itemId: itemId ?? 'mug' }] }),
    ],
    ['Search by meaning:', 'search', curl('/v1/search', { query: 'something to keep drinks warm in winter' })],
  ];
  if (itemCount === 0)
    tries.unshift(['Put an item in:', undefined, curl('/v1/items', { items: [{ id: 'mug', title: 'Tea mug' }] })]);
  const shown = tries.filter(([, surface]) => surface === undefined || main.engine.surfaces.includes(surface));
  return `
Attune listens on ${url} with ${itemCount} items and ${eventCount} events.

${shown.map(([why, , line]) => `${why}\n${line}`).join('\n')}
${keys ? '(KEY: one of ATTUNE_API_KEYS, without its tenant)\n' : ''}
Read on: ${url}/docs     Stop: Ctrl-C (nothing is lost)
`;
}

/** A text as one word of a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
