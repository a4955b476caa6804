/** A table that is made with its first use: a server that never reads texts must not pay for it at its start. */
export function onFirstUse<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
