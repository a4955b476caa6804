/** What has a graph that is to be closed. */
interface Closing {
  close(): Promise<void>;
}

interface Shared<T> {
  readonly opened: Promise<T>;
  users: number;
}

/**
 * Opens a model once for all who open the same artifact: the last to close it closes its graph, and a second call of `close`
 * does nothing.
 */
export function openedOnce<S extends object, P, T extends Closing>(
  open: (source: S, ports: P) => Promise<T>,
): (source: S, ports: P) => Promise<T> {
  const models = new WeakMap<S, Shared<T>>();
  return async (source, ports) => {
    const shared = models.get(source) ?? { opened: open(source, ports), users: 0 };
    models.set(source, shared);
    shared.users += 1;
    let isOpen = true;
    const close = async (): Promise<void> => {
      if (!isOpen) return;
      isOpen = false;
      shared.users -= 1;
      if (shared.users > 0) return;
      models.delete(source);
      await (await shared.opened).close();
    };
    try {
      return { ...(await shared.opened), close };
    } catch (error) {
      models.delete(source);
      throw error;
    }
  };
}
