import { KINDS, PLUGIN, SDK_MAJOR, type Kind, type Plugin } from '@attune/sdk';

/** Where a plugin came from: enough to load it again inside a worker thread. */
export interface PluginOrigin {
  /** A module `require` or `import()` can load: an absolute path or a package name. */
  readonly module: string;
  /** Plugins from outside the tree run in a worker thread unless configuration says `inProcess: true`. */
  readonly isolated: boolean;
}

export interface RegisteredPlugin<K extends Kind = Kind> {
  readonly plugin: Plugin<K>;
  readonly origin: PluginOrigin;
}

/** Whether an export of a module is a plugin made with any copy of the SDK. */
export function isPlugin(value: unknown): value is Plugin {
  return typeof value === 'object' && value !== null && PLUGIN in value;
}

/** The plugins a server knows, by kind and id. */
export class Registry {
  readonly #plugins = new Map<string, RegisteredPlugin>();

  /** Throws an Error with the fix where the plugin was made for another contract major or its id is taken. */
  register(plugin: Plugin, origin: PluginOrigin): void {
    const name = `${plugin.kind} ${plugin.id}`;
    const { sdkMajor } = plugin[PLUGIN];
    if (sdkMajor !== SDK_MAJOR) {
      throw new Error(
        `${name} (${origin.module}) was made for SDK ${sdkMajor}, this server has ${SDK_MAJOR}: install a version made for @attune/sdk ${SDK_MAJOR}`,
      );
    }
    const key = `${plugin.kind}/${plugin.id}`;
    const taken = this.#plugins.get(key);
    if (taken !== undefined && taken.plugin !== plugin) {
      throw new Error(`${name} is registered twice (${taken.origin.module} and ${origin.module}): rename one`);
    }
    this.#plugins.set(key, { plugin, origin });
  }

  get<K extends Kind>(kind: K, id: string): RegisteredPlugin<K> | undefined {
    return this.#plugins.get(`${kind}/${id}`) as RegisteredPlugin<K> | undefined;
  }

  /** Ids of one kind, sorted. */
  ids(kind: Kind): readonly string[] {
    return [...this.#plugins.values()]
      .filter(({ plugin }) => plugin.kind === kind)
      .map(({ plugin }) => plugin.id)
      .sort();
  }

  /** Kinds that know an id: what to say when a step names a plugin of another kind. */
  kindsOf(id: string): readonly Kind[] {
    return KINDS.filter((kind) => this.#plugins.has(`${kind}/${id}`));
  }
}
