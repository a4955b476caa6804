// Questions whose answers must agree with each other, asked while nobody writes.
import { setTimeout as delay } from 'node:timers/promises';
import { fits } from './filter.mjs';

const PAGES = 6;
const WHY_TRIES = 20;
const WHY_PAUSE_MS = 500;

/** One round of questions; `ask(request)` gives an answer that was checked on its own already. */
export class Probes {
  #ask;
  #make;
  #operations;

  /** `make(operation)`: a sound request of a call. */
  constructor({ document, make, ask }) {
    this.#operations = Object.fromEntries(document.operations.map((one) => [one.id, one]));
    this.#make = make;
    this.#ask = ask;
  }

  /** Faults found, each with the request it came from. */
  async round() {
    const found = [];
    const thrice = [this.#exists, this.#exists, this.#exists];
    for (const probe of [...thrice, this.#paging, this.#nobody, this.#batch, this.#why]) {
      for (const id of ['recommend', 'search']) {
        for (const request of this.#sound(id))
          found.push(...(await probe.call(this, request)).map((fault) => ({ fault, request })));
      }
    }
    return found;
  }

  /** A request of a call for a first page, explained; and the same without a filter, which finds more. */
  #sound(id) {
    const made = this.#make(this.#operations[id]);
    const { cursor, artifacts: _, ...asked } = made.value ?? {};
    if (cursor !== undefined) return [];
    const plain = { ...asked, filter: undefined, at: undefined, explain: true };
    return [withValue(made, { ...asked, explain: true }), withValue(made, plain)];
  }

  /** Items shown are in the catalogue, available, and fit the filter as they are stored. */
  async #exists(request) {
    const { json, status } = await this.#ask(request);
    if (status !== 200 || json.items.length === 0) return [];
    const asked = this.#other('getItems', { ids: json.items.map(({ id }) => id) });
    const { json: stored } = await this.#ask(asked);
    const { filter = {} } = request.value;
    return [
      ...(stored.missing.length > 0 ? [`shown, and not in the catalogue: ${stored.missing.join()}`] : []),
      ...(stored.items.some(({ available }) => available === false) ? ['shown, and not available'] : []),
      ...(stored.items.some((item) => !fits(filter, item)) ? ['shown, and not fitting the filter'] : []),
    ];
  }

  /** Pages follow each other without repeat, and of a search without loss. */
  async #paging(request) {
    const value = { ...request.value, paging: true, limit: 7, at: undefined };
    let { json, status } = await this.#ask(withValue(request, value));
    if (status !== 200) return [];
    const seen = json.items.map(({ id }) => id);
    const { total } = json;
    for (let page = 0; page < PAGES && json.cursor !== undefined; page++) {
      ({ json, status } = await this.#ask(withValue(request, { cursor: json.cursor, limit: 40 })));
      if (status !== 200) return [`a page answers ${status}`];
      if (json.items.length > 0 && json.items[0].rank !== seen.length + 1)
        return ['a page does not follow the one before'];
      seen.push(...json.items.map(({ id }) => id));
    }
    if (new Set(seen).size < seen.length) return ['pages repeat an item'];
    const whole = json.cursor === undefined && total !== undefined;
    return whole && seen.length !== Math.min(total, 1_000) ? [`pages have ${seen.length} of ${total} items`] : [];
  }

  /** Without personalization a slate is that of nobody. */
  async #nobody(request) {
    const {
      userId: _u,
      anonymousId: _a,
      sessionId: _s,
      ...nobody
    } = { ...request.value, at: '2026-11-01T00:00:00Z', personalize: 0 };
    const [known, unknown] = [
      await this.#ask(withValue(request, { ...nobody, userId: '17850', seen: 'include' })),
      await this.#ask(withValue(request, { ...nobody, seen: 'include' })),
    ];
    return this.#differing(known, unknown, 'of somebody with personalize 0 and of nobody');
  }

  /** A request is answered in a batch as it is alone. */
  async #batch(request) {
    if (request.operation.id !== 'recommend') return [];
    const value = { ...request.value, at: '2026-11-01T00:00:00Z', trace: false };
    delete value.paging;
    const alone = await this.#ask({
      ...withValue(request, value),
      headers: { ...request.headers, 'x-request-id': `${request.headers['x-request-id']}-1` },
    });
    const batch = await this.#ask({
      ...this.#other('recommendBatch', { requests: [value, value] }),
      headers: request.headers,
    });
    if (alone.status !== 200 || batch.status !== 200) return [];
    return this.#differing(alone, { status: 200, json: batch.json.results[1] }, 'of a request alone and in a batch');
  }

  /** What is said of an item's way is what its slate shows. */
  async #why(request) {
    // On the search page it is the call for searches that is explained.
    if (request.operation.id !== 'recommend' || request.value.surface === 'search') return [];
    const value = { ...request.value, at: '2026-11-01T00:00:00Z' };
    const slate = await this.#ask(withValue(request, value));
    const item = slate.json?.items?.at(-1);
    if (slate.status !== 200 || item === undefined || slate.json.degraded.length > 0) return [];
    const { explain: _e, trace: _t, paging: _p, ...asked } = value;
    const asking = this.#other('why', { ...asked, itemId: item.id });
    for (let tries = 0; tries < WHY_TRIES; tries++) {
      const why = await this.#ask(asking);
      if (why.status !== 200) return [`why answers ${why.status} for an item that is shown`];
      if (why.json.shown) return [];
      // It asks for the slate again, and does not say what that lacked for want of time.
      await delay(WHY_PAUSE_MS);
    }
    return ['why says that an item is not shown which is'];
  }

  #differing(one, other, what) {
    if (one.status !== other.status) return [`slates ${what} answer ${one.status} and ${other.status}`];
    if (one.status !== 200 || late(one.json) || late(other.json)) return [];
    const [a, b] = [one, other].map(({ json }) => JSON.stringify(json.items.map(({ id, score }) => [id, score])));
    return a === b ? [] : [`slates ${what} differ`];
  }

  #other(id, value) {
    return withValue(
      {
        operation: this.#operations[id],
        kind: 'sound',
        method: 'POST',
        path: this.#operations[id].path,
        headers: { 'x-request-id': `probe-${id}`, 'content-type': 'application/json' },
      },
      value,
    );
  }
}

/** Whether a slate lacks a part for want of time: it is then allowed to be another. */
const late = ({ degraded }) => degraded.some(({ code }) => code !== 'NO_PROFILING');

/** The same request with another body. */
export const withValue = (request, value) => ({
  ...request,
  value: JSON.parse(JSON.stringify(value)),
  body: JSON.stringify(value),
});
