// What was sent, what came back, and what was wrong with it.
const SHOWN_EACH = 3;

export class Report {
  #counts = new Map();
  #sound = new Map();
  #faults = new Map();
  sent = 0;
  #slates = 0;
  #shown = 0;

  /** Counts an answer. */
  count({ operation, kind }, { status, json }) {
    this.sent += 1;
    const id = operation?.id ?? kind;
    const counts = this.#counts.get(id) ?? {};
    this.#counts.set(id, counts);
    counts[status ?? 'none'] = (counts[status ?? 'none'] ?? 0) + 1;
    if (kind === 'sound') this.#countSound(id, status < 300);
    for (const slate of slatesIn(json)) if (Array.isArray(slate?.items) && 'slateId' in slate) this.#seen(slate);
  }

  #countSound(id, taken) {
    const { sent, done } = this.#sound.get(id) ?? { sent: 0, done: 0 };
    this.#sound.set(id, { sent: sent + 1, done: done + (taken ? 1 : 0) });
  }

  #seen({ items }) {
    this.#slates += 1;
    this.#shown += items.length;
  }

  /** Notes a violation; the same one is shown a few times at most. */
  fault(operation, text, curl) {
    const key = `${operation}: ${text}`;
    const known = this.#faults.get(key) ?? { count: 0, curls: [] };
    known.count += 1;
    if (known.curls.length < SHOWN_EACH) known.curls.push(curl);
    this.#faults.set(key, known);
  }

  /** Whether there is a violation like this, `operation: text`. */
  has(pattern) {
    return [...this.#faults.keys()].some((key) => pattern.test(key));
  }

  #share(id) {
    const { sent, done } = this.#sound.get(id) ?? { sent: 0, done: 0 };
    return sent === 0 ? '' : `${Math.round((100 * done) / sent)}% of ${sent}`;
  }

  get faults() {
    return [...this.#faults.values()].reduce((sum, { count }) => sum + count, 0);
  }

  get line() {
    return `${this.sent} requests, ${this.#slates} slates with ${this.#shown} items checked, ${this.faults} violations`;
  }

  /** The whole account, as lines. */
  *lines() {
    const statuses = [...new Set([...this.#counts.values()].flatMap((counts) => Object.keys(counts)))].sort();
    yield `| operation | ${statuses.join(' | ')} | of sound ones done |`;
    yield `|---|${statuses.map(() => '---:|').join('')}---:|`;
    for (const [id, counts] of [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)))
      yield `| ${id} | ${statuses.map((status) => counts[status] ?? '').join(' | ')} | ${this.#share(id)} |`;
    for (const [key, { count, curls }] of this.#faults) {
      yield `\nVIOLATION (${count}×) ${key}`;
      for (const curl of curls) yield `  ${curl}`;
    }
    yield `\n${this.line}`;
  }
}

const slatesIn = (json) => (Array.isArray(json?.results) ? json.results : [json]);
