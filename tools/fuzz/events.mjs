// What must hold of server-sent events.
export const EVENT_STREAM = 'text/event-stream';

/** What the events of a call look like; undefined where it has none. */
export const eventsOf = ({ answers }) => answers.get(200)?.content[EVENT_STREAM]?.schema.contentSchema;

/** Lines that say what is wrong with a stream; it ends with `done`, or with an `error` that is no failure of the server. */
export function eventFaults(text, schema, document) {
  const blocks = text.split('\n\n');
  if (blocks.pop() !== '') return ['the stream ends within an event'];
  const events = blocks.map((block) => /^event: (\w+)\ndata: (.*)$/.exec(block));
  if (events.includes(null)) return ['an event without a name or data'];
  const told = events.map(([, event, data]) => ({ event, data: JSON.parse(data) }));
  const faults = told.map((one) => document.faultOf(schema, one)).filter((fault) => fault !== undefined);
  const last = told.at(-1);
  if (last?.event === 'error' && last.data.status >= 500)
    faults.push(`${last.data.status} ${last.data.code} in an event`);
  if (!['done', 'error'].includes(last?.event)) faults.push(`the stream ends with ${last?.event ?? 'nothing'}`);
  return faults.map((fault) => `an event does not fit: ${fault}`);
}
