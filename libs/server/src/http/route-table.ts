/** Paths and the methods each takes, for telling 404 from 405. */
export class RouteTable {
  readonly #methods = new Map<string, Set<string>>();
  #patterns: readonly { readonly pattern: RegExp; readonly methods: ReadonlySet<string> }[] | undefined;

  /** `path` as the router has it: `/v1/items/:id`. */
  add(path: string, methods: readonly string[]): void {
    const known = this.#methods.get(path) ?? new Set();
    for (const method of methods) known.add(method);
    this.#methods.set(path, known);
    this.#patterns = undefined;
  }

  /** Paths with their methods, sorted, HEAD left out. */
  list(): readonly string[] {
    const all = [...this.#methods].flatMap(([path, methods]) => [...methods].map((method) => `${method} ${path}`));
    return all.filter((line) => !line.startsWith('HEAD ')).sort();
  }

  /** Methods of a request's path, sorted; empty where there is no such path. */
  methodsOf(url: string): readonly string[] {
    this.#patterns ??= [...this.#methods].map(([path, methods]) => ({ pattern: patternOf(path), methods }));
    const path = url.split('?', 1)[0]!;
    const found = this.#patterns.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => [...methods]);
    return [...new Set(found)].sort();
  }
}

const patternOf = (path: string): RegExp =>
  new RegExp(
    `^${path
      .split('/')
      .map((part) => (part.startsWith(':') ? '[^/]+' : part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')))
      .join('/')}$`,
  );
