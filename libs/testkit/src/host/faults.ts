import type { ManualClock } from './manual-clock.js';

type Method = (...args: readonly unknown[]) => unknown;

/** The same port, each method passed through `change`. */
function changed<T extends object>(port: T, change: (method: Method, name: string) => Method): T {
  return new Proxy(port, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? change((value as Method).bind(target), String(name)) : value;
    },
  });
}

/** A port whose every method rejects. */
export const failing = <T extends object>(port: T, error: Error = new Error('the port is down')): T =>
  changed(port, () => () => Promise.reject(error));

/** A port whose every method never settles. */
export const hanging = <T extends object>(port: T): T => changed(port, () => () => new Promise<never>(() => undefined));

/** A port whose every method answers once the clock has gone on by `ms`. */
export const slow = <T extends object>(port: T, clock: ManualClock, ms: number): T =>
  changed(port, (method) => async (...args) => {
    await clock.wait(ms);
    return method(...args);
  });
