import { Engine, type PipelineSource } from '@attune/engine';
import { AttuneError, type ArtifactStore } from '@attune/sdk';

/** Models by name: the digest to serve with. */
export type Pins = Readonly<Record<string, string>>;

/** An engine like the tenant's own, whose plugins open their models in this store. */
export type EngineOn = (artifacts: ArtifactStore) => Engine;

/** Engines a tenant may have besides its own: each holds its models in memory. */
const MAX_ENGINES = 4;

interface Pinned {
  readonly engine: Promise<Engine>;
  /** What the tenant's engine served when this one was built. */
  readonly sources: readonly PipelineSource[];
  /** Calls under way. */
  calls: number;
  /** Whether it goes with its last call. */
  retired: boolean;
}

/** Engines that serve with named models instead of the promoted ones; the four last asked for are kept. */
export class PinnedEngines {
  readonly #kept = new Map<string, Pinned>();

  constructor(
    private readonly main: Engine,
    private readonly artifacts: ArtifactStore,
    private readonly engineOn: EngineOn,
  ) {}

  /** Work with the engine of these models; the tenant's own where none is named. Throws ARTIFACT_NOT_FOUND. */
  async with<T>(pins: Pins = {}, work: (engine: Engine) => Promise<T>): Promise<T> {
    const entries = Object.entries(pins).sort(([a], [b]) => (a < b ? -1 : 1));
    const promoted = await Promise.all(entries.map(([name]) => this.artifacts.promoted(name)));
    if (entries.every(([, digest], i) => promoted[i] === digest)) return work(this.main);
    const key = JSON.stringify(entries);
    const pinned = this.#lend(key, pins);
    pinned.calls += 1;
    try {
      const engine = await pinned.engine.catch((error: unknown) => {
        if (this.#kept.get(key) === pinned) this.#kept.delete(key);
        throw error;
      });
      return await work(engine);
    } finally {
      pinned.calls -= 1;
      if (pinned.retired && pinned.calls === 0) close(pinned);
    }
  }

  #lend(key: string, pins: Pins): Pinned {
    const { sources } = this.main;
    const known = this.#kept.get(key);
    // Pipelines were edited or a model was promoted since: models that are not named must be today's.
    const pinned =
      known?.sources === sources ? known : { engine: this.#build(pins), sources, calls: 0, retired: false };
    if (known !== undefined && known !== pinned) retire(known);
    this.#kept.delete(key);
    this.#kept.set(key, pinned);
    for (const [oldest, one] of this.#kept) {
      if (this.#kept.size <= MAX_ENGINES) break;
      this.#kept.delete(oldest);
      retire(one);
    }
    return pinned;
  }

  async close(): Promise<void> {
    const engines = [...this.#kept.values()];
    this.#kept.clear();
    await Promise.allSettled(engines.map(async ({ engine }) => (await engine).close()));
  }

  async #build(pins: Pins): Promise<Engine> {
    for (const [name, digest] of Object.entries(pins)) await this.#check(name, digest);
    const engine = this.engineOn(pinnedStore(this.artifacts, pins));
    try {
      await engine.load(this.main.sources);
      return engine;
    } catch (error) {
      await engine.close();
      throw error;
    }
  }

  async #check(name: string, digest: string): Promise<void> {
    const fault = (detail: string): AttuneError =>
      new AttuneError('ARTIFACT_NOT_FOUND', detail, { pointer: `/artifacts/${name}` });
    if ((await this.artifacts.promoted(name)) === undefined) throw fault(`there is no model '${name}'`);
    const digests = (await this.artifacts.list(name)).map((one) => one.digest);
    if (digests.includes(digest)) return;
    throw fault(`there is no '${name}' with digest ${digest}; there are ${digests.join(', ')}`);
  }
}

/** The same store, in which other artifacts are the promoted ones. */
export const pinnedStore = (artifacts: ArtifactStore, pins: Pins): ArtifactStore => ({
  put: (name, draft) => artifacts.put(name, draft),
  promote: (name, digest) => artifacts.promote(name, digest),
  promoted: (name) => (Object.hasOwn(pins, name) ? Promise.resolve(pins[name]) : artifacts.promoted(name)),
  open: (name, digest) => artifacts.open(name, digest),
  list: (name) => artifacts.list(name),
});

function retire(pinned: Pinned): void {
  pinned.retired = true;
  if (pinned.calls === 0) close(pinned);
}

function close({ engine }: Pinned): void {
  void engine.then((one) => one.close()).catch(() => undefined);
}
