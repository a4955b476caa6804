/** Whether a plugin answered with something to wait for; promises of another realm and plain thenables count. */
export function isThenable<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof (value as { readonly then?: unknown } | null | undefined)?.then === 'function';
}

/** `value` once `done` is: at once where there is nothing to wait for. */
export function after<T>(done: void | PromiseLike<void>, value: T): T | Promise<T> {
  return isThenable(done) ? Promise.resolve(done).then(() => value) : value;
}
